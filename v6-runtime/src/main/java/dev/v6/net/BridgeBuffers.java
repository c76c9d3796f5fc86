// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Buffers for one thread. Large ones are bounded in number and kept; where more flows than that are held back at once, they
 * make do with small ones, for direct memory is the service's too. The large ones are so large because what is read at
 * once is woken for once.
 */
final class BridgeBuffers {
    private static final int LARGE = 512 * 1024;
    private static final int SMALL = 8 * 1024;
    private static final int MOST_LARGE = 8;

    private final int most;

    private final Deque<ByteBuffer> free = new ArrayDeque<>();
    private int large;

    /**
     * Has none yet.
     *
     * @param threads how many share the bound, each with buffers of its own
     */
    BridgeBuffers(int threads) {
        this.most = MOST_LARGE / threads;
    }

    ByteBuffer take() {
        ByteBuffer buffer = free.pollLast();
        if (buffer != null) {
            return buffer;
        }
        if (large < most) {
            try {
                ByteBuffer made = ByteBuffer.allocateDirect(LARGE);
                large++;
                return made;
            } catch (OutOfMemoryError scarce) {
                large = most; // no more of these
            }
        }
        return ByteBuffer.allocate(SMALL);
    }

    void give(ByteBuffer buffer) {
        if (buffer.capacity() == LARGE) {
            free.addLast(buffer.clear());
        }
    }
}
