// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** Buffers for one thread. As many are kept as were needed at once, up to a bound. */
final class BridgeBuffers {
    private static final int SIZE = 128 * 1024;
    private static final int KEPT = 16;

    private final Deque<ByteBuffer> free = new ArrayDeque<>();

    ByteBuffer take() {
        ByteBuffer buffer = free.pollLast();
        return buffer == null ? ByteBuffer.allocateDirect(SIZE) : buffer;
    }

    void give(ByteBuffer buffer) {
        if (free.size() < KEPT) {
            free.addLast(buffer.clear());
        }
    }
}
