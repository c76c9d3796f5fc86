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
    private boolean ended;

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

    /** The source has ended, and the sink has all that it sent. */
    boolean ended() {
        return ended;
    }

    /** Tells the sink, which may go on sending. Where both directions have ended, closing tells it as well. */
    void endSink() throws IOException {
        ((SocketChannel) sink.channel()).shutdownOutput();
    }

    /** The source has something; returns whether it has ended just now. */
    boolean readable() throws IOException {
        if (held != null || ended) {
            return false;
        }
        ByteBuffer buffer = buffers.take();
        try {
            for (int i = 0; i < READS_AT_ONCE; i++) {
                int read = ((SocketChannel) source.channel()).read(buffer.clear());
                if (read <= 0) {
                    ended = read < 0;
                    break;
                }
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
        return ended;
    }

    /** The sink takes more; returns whether the source has ended, which is asked on at once, for it was held back. */
    boolean writable() throws IOException {
        drain();
        return readable();
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

    private void interest() {
        want(source, SelectionKey.OP_READ, held == null && !ended);
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
