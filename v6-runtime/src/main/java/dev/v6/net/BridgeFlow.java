// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a bridged connection. It holds a buffer only while its sink takes less than its source gave; then it
 * reads no more until that is written.
 */
final class BridgeFlow {
    /** Then the other connections have their turn. */
    private static final int READS_AT_ONCE = 16;

    private final SelectionKey source;
    private final SelectionKey sink;
    private final BridgeBuffers buffers;

    private @Nullable ByteBuffer held;
    private boolean sourceEnded;
    private boolean sinkEnded;

    BridgeFlow(SelectionKey source, SelectionKey sink, BridgeBuffers buffers) {
        this.source = source;
        this.sink = sink;
        this.buffers = buffers;
    }

    /** Begins with bytes that do not come from the source. */
    void begin(ByteBuffer bytes) throws IOException {
        held = bytes;
        drain();
    }

    boolean ended() {
        return sinkEnded;
    }

    /** The source has something; returns whether anything moved. */
    boolean readable() throws IOException {
        if (held != null || sourceEnded) {
            return false;
        }
        boolean moved = false;
        ByteBuffer buffer = buffers.take();
        try {
            for (int i = 0; i < READS_AT_ONCE; i++) {
                int read = ((SocketChannel) source.channel()).read(buffer.clear());
                if (read <= 0) {
                    if (read < 0) {
                        sourceEnded = true;
                        moved = true;
                        endSink();
                    }
                    break;
                }
                moved = true;
                ((SocketChannel) sink.channel()).write(buffer.flip());
                if (buffer.hasRemaining()) {
                    held = buffer;
                    break;
                }
                if (read < buffer.capacity()) {
                    break; // the source has no more: asking again would only say so
                }
            }
        } finally {
            if (held == null) {
                buffers.give(buffer);
            }
        }
        interest();
        return moved;
    }

    /** The sink takes more; returns whether anything moved. */
    boolean writable() throws IOException {
        if (held == null) {
            return false;
        }
        drain();
        return true;
    }

    private void drain() throws IOException {
        ByteBuffer buffer = held;
        if (buffer != null) {
            ((SocketChannel) sink.channel()).write(buffer);
            if (!buffer.hasRemaining()) {
                held = null;
                buffers.give(buffer);
            }
        }
        interest();
    }

    private void endSink() throws IOException {
        if (!sinkEnded) {
            sinkEnded = true;
            ((SocketChannel) sink.channel()).shutdownOutput();
        }
    }

    private void interest() {
        want(source, SelectionKey.OP_READ, held == null && !sourceEnded);
        want(sink, SelectionKey.OP_WRITE, held != null);
    }

    private static void want(SelectionKey key, int operation, boolean wanted) {
        int now = key.interestOps();
        int then = wanted ? now | operation : now & ~operation;
        if (now != then) {
            key.interestOps(then);
        }
    }

    /** Gives back what it holds. */
    void release() {
        ByteBuffer buffer = held;
        if (buffer != null) {
            held = null;
            buffers.give(buffer);
        }
    }
}
