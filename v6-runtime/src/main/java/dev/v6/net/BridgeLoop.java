// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The first thread of a bridge: it accepts, and carries what it accepted; where more come at once than it carries alone,
 * further threads take their share. It listens only while the service does: a bridge that accepted and then found nobody would look
 * healthy to every port check, which is the fault of userland proxies.
 */
final class BridgeLoop {
    private static final System.Logger LOG = System.getLogger(LoopbackBridge.class.getName());
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    /** While the service is away, so that its return is noticed soon. */
    private static final Duration BETWEEN_LOOKS_FOR_SERVICE = Duration.ofMillis(200);

    /** The kernel's table is long where there are many connections: reading it may take a 200th of the time, no more. */
    private static final int SHARE_OF_LOOKING = 200;

    /** Copying for many is bound by memory, not by threads. */
    private static final int MOST_THREADS = Math.min(4, Runtime.getRuntime().availableProcessors());

    private static final int ACCEPTS_AT_ONCE = 64;
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final LoopbackBridgeBuilder settings;
    private final Selector selector = Selector.open();
    private final BridgeCarrier carrier;
    private final List<BridgeThread> others = new CopyOnWriteArrayList<>();
    private final BridgeListeners listeners;
    private final Thread thread;
    private final AtomicLong refused = new AtomicLong();

    private volatile boolean closed;
    private volatile boolean goneSeenElsewhere;
    private @Nullable InetSocketAddress service;
    private long nextLookForService = System.nanoTime();
    private long nextLook = System.nanoTime();

    BridgeLoop(LoopbackBridgeBuilder settings) throws IOException {
        this.settings = settings;
        this.listeners = new BridgeListeners(selector, settings.port(), settings.address());
        this.carrier = new BridgeCarrier(settings, selector, buffers(), this::serviceGone);
        this.thread = new Thread(this::run, "v6-bridge-" + settings.port());
        thread.setDaemon(true);
    }

    /** Looks once before the thread starts, so that whoever opened the bridge can connect to it. */
    void start() throws IOException {
        try {
            look();
            IOException failure = listeners.failure();
            if (service != null && listeners.addresses().isEmpty() && failure != null) {
                throw failure;
            }
        } catch (IOException e) {
            selector.close();
            throw e;
        }
        thread.start();
    }

    Set<InetSocketAddress> listensOn() {
        return listeners.addresses();
    }

    int connections() {
        int sum = carrier.count();
        for (BridgeThread other : others) {
            sum += other.count();
        }
        return sum;
    }

    long refused() {
        return refused.get();
    }

    void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join(CLOSING.toMillis());
            for (BridgeThread other : others) {
                other.join(CLOSING);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closed) {
                selector.select(this::ready, Math.max(1, TimeUnit.NANOSECONDS.toMillis(nextLook - System.nanoTime())));
                if (goneSeenElsewhere) {
                    goneSeenElsewhere = false;
                    serviceGone();
                }
                if (nextLook - System.nanoTime() <= 0) {
                    look();
                    carrier.endIdle();
                }
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "The bridge at port " + settings.port() + " has ended: " + e);
        } finally {
            end();
        }
    }

    private void look() throws IOException {
        long now = System.nanoTime();
        if (service == null || nextLookForService - now <= 0) {
            service = settings.service().find(listeners::has);
            nextLookForService = now + (System.nanoTime() - now) * SHARE_OF_LOOKING;
        }
        if (service != null) {
            listeners.follow(service);
        } else {
            listeners.close();
        }
        nextLook = System.nanoTime() + (service != null ? BETWEEN_LOOKS : BETWEEN_LOOKS_FOR_SERVICE).toNanos();
        for (SelectionKey key : selector.keys()) {
            if (key.isValid() && key.channel() instanceof ServerSocketChannel) {
                key.interestOps(SelectionKey.OP_ACCEPT); // one that had no descriptors left may have some now
            }
        }
    }

    private void ready(SelectionKey key) {
        if (key.isValid() && key.channel() instanceof ServerSocketChannel server) {
            accept(key, server);
        } else {
            carrier.ready(key);
        }
    }

    private void accept(SelectionKey key, ServerSocketChannel server) {
        try {
            for (int i = 0; i < ACCEPTS_AT_ONCE && server.isOpen(); i++) { // dial() closes it when the service is gone
                SocketChannel client = server.accept();
                if (client == null) {
                    return;
                }
                if (connections() >= settings.maxConnections()) {
                    refuse(client);
                } else {
                    dial(client);
                }
            }
        } catch (IOException e) {
            // Out of descriptors, for one: the client waits in the backlog until the next look.
            LOG.log(System.Logger.Level.WARNING, "The bridge at port " + settings.port() + " cannot accept: " + e);
            if (key.isValid()) {
                key.interestOps(0);
            }
        }
    }

    private void refuse(SocketChannel client) {
        if (refused.getAndIncrement() == 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The bridge at port " + settings.port() + " carries " + settings.maxConnections()
                            + " connections, its bound, and refuses more. Raise maxConnections if that is too few.");
        }
        BridgeConnection.reset(client);
    }

    private void dial(SocketChannel client) {
        InetSocketAddress target = service;
        if (target == null) {
            BridgeConnection.reset(client); // accepted in the moment in which it went
            return;
        }
        BridgeThread other = lessBusy();
        if (other == null) {
            carrier.dial(client, target);
        } else {
            other.dial(client, target);
        }
    }

    /** The thread that carries least, started when it is needed; null for this one. */
    private @Nullable BridgeThread lessBusy() {
        BridgeThread least = null;
        int carries = carrier.count();
        others.removeIf(BridgeThread::over);
        for (BridgeThread other : others) {
            if (other.count() < carries) {
                carries = other.count();
                least = other;
            }
        }
        if (carries > 0 && others.size() + 1 < MOST_THREADS) {
            try {
                least = new BridgeThread(settings, buffers(), thread.getName() + "-" + (others.size() + 1), () -> {
                    goneSeenElsewhere = true;
                    selector.wakeup();
                });
                others.add(least);
            } catch (IOException scarce) {
                return least; // out of descriptors: those that are there do
            }
        }
        return least;
    }

    private static BridgeBuffers buffers() {
        return new BridgeBuffers(MOST_THREADS);
    }

    /** Whoever comes from now on is refused by the kernel, until the service is back. */
    private void serviceGone() {
        service = null;
        nextLook = System.nanoTime() + BETWEEN_LOOKS_FOR_SERVICE.toNanos();
        try {
            listeners.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "The bridge at port " + settings.port() + " cannot stop: " + e);
        }
    }

    private void end() {
        others.forEach(BridgeThread::close);
        carrier.end();
        try {
            listeners.close();
            selector.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "The bridge at port " + settings.port() + " cannot close: " + e);
        }
    }
}
