// SPDX-License-Identifier: Apache-2.0
package dev.v6.benchmarks.bridge;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What clients do to one address, for a time. */
final class Load {
    private static final int CALLERS = 16;
    private static final int CHUNK = 256 * 1024;

    private final InetSocketAddress target;
    private final Duration time;

    Load(InetSocketAddress target, Duration time) {
        this.target = target;
        this.time = time;
    }

    /** Connections a second: each asks one byte, gets one, and ends; the next one follows. */
    double connections() throws IOException {
        return perSecond(CALLERS, this::calls);
    }

    /** Bytes a second that arrive at the backend. */
    double bytes(int streams) throws IOException {
        return perSecond(streams, this::stream);
    }

    /** Opens connections that have served once and then stay. */
    List<SocketChannel> idle(int count) throws IOException {
        List<SocketChannel> open = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open(target);
            open.add(channel);
            exchange(channel);
        }
        return open;
    }

    private interface Work {
        long until(long end) throws IOException;
    }

    private static double perSecond(int threads, Work work, Duration time) throws IOException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            long begin = System.nanoTime();
            List<Future<Long>> parts = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                parts.add(pool.submit(() -> work.until(begin + time.toNanos())));
            }
            long sum = 0;
            for (Future<Long> part : parts) {
                sum += part.get();
            }
            return sum * 1e9 / (System.nanoTime() - begin);
        } catch (InterruptedException | ExecutionException e) {
            throw new IOException("A client failed. See the cause.", e);
        } finally {
            pool.shutdownNow();
        }
    }

    private double perSecond(int threads, Work work) throws IOException {
        return perSecond(threads, work, time);
    }

    private long calls(long end) throws IOException {
        long done = 0;
        while (System.nanoTime() - end < 0) {
            try (SocketChannel channel = SocketChannel.open(target)) {
                exchange(channel);
                done++;
            }
        }
        return done;
    }

    /** Until the backend has closed: then it has read all. */
    private long stream(long end) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
        long sent = 0;
        try (SocketChannel channel = SocketChannel.open(target)) {
            exchange(channel);
            while (System.nanoTime() - end < 0) {
                sent += channel.write(chunk.clear());
            }
            channel.shutdownOutput();
            if (channel.read(ByteBuffer.allocate(1)) >= 0) {
                throw new IOException("The backend answered twice. It should not.");
            }
        }
        return sent;
    }

    private static void exchange(SocketChannel channel) throws IOException {
        channel.write(ByteBuffer.wrap(new byte[1]));
        if (channel.read(ByteBuffer.allocate(1)) != 1) {
            throw new IOException("The backend did not answer. See that the proxy runs.");
        }
    }
}
