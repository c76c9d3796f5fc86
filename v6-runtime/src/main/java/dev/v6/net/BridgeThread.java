// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A further thread of a bridge, which carries what the first one accepted. */
final class BridgeThread {
    private static final System.Logger LOG = System.getLogger(LoopbackBridge.class.getName());
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final Selector selector = Selector.open();
    private final BridgeCarrier carrier;
    private final Queue<Accepted> accepted = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Thread thread;

    private volatile boolean closed;

    private record Accepted(SocketChannel client, InetSocketAddress target) {}

    BridgeThread(LoopbackBridgeBuilder settings, BridgeBuffers buffers, String name, Runnable serviceGone)
            throws IOException {
        this.carrier = new BridgeCarrier(settings, selector, buffers, serviceGone);
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** It carries nothing any more. */
    boolean over() {
        return closed;
    }

    int count() {
        return carrier.count() + waiting.get();
    }

    void dial(SocketChannel client, InetSocketAddress target) {
        waiting.incrementAndGet();
        accepted.add(new Accepted(client, target));
        if (closed) {
            drop(); // it may have ended between
        }
        selector.wakeup();
    }

    private void run() {
        long nextLook = System.nanoTime() + BETWEEN_LOOKS.toNanos();
        try {
            while (!closed) {
                selector.select(carrier::ready, carrier.count() == 0 ? 0 : BETWEEN_LOOKS.toMillis());
                for (Accepted one = accepted.poll(); one != null; one = accepted.poll()) {
                    carrier.dial(one.client(), one.target());
                    waiting.decrementAndGet();
                }
                if (nextLook - System.nanoTime() <= 0) {
                    nextLook = System.nanoTime() + BETWEEN_LOOKS.toNanos();
                    carrier.endIdle();
                }
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, thread.getName() + " has ended: " + e);
        } finally {
            closed = true;
            carrier.end();
            drop();
            closeSelector();
        }
    }

    private void drop() {
        for (Accepted one = accepted.poll(); one != null; one = accepted.poll()) {
            BridgeConnection.reset(one.client());
            waiting.decrementAndGet();
        }
    }

    private void closeSelector() {
        try {
            selector.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, thread.getName() + " cannot close: " + e);
        }
    }

    void close() {
        closed = true;
        selector.wakeup();
    }

    void join(Duration limit) throws InterruptedException {
        thread.join(limit.toMillis());
    }
}
