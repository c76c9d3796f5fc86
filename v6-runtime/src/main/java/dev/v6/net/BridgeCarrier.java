// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Carries connections of a bridge, on one thread. */
final class BridgeCarrier {
    /** A service whose backlog is full does not answer at all. */
    private static final Duration DIALLING = Duration.ofSeconds(5);

    private final LoopbackBridgeBuilder settings;
    private final Selector selector;
    private final BridgeBuffers buffers;
    private final Runnable serviceGone;
    private final Set<BridgeConnection> connections = new LinkedHashSet<>();

    private volatile int count;

    /**
     * Carries none yet.
     *
     * @param buffers for this thread alone
     * @param serviceGone what to do when the service refuses
     */
    BridgeCarrier(LoopbackBridgeBuilder settings, Selector selector, BridgeBuffers buffers, Runnable serviceGone) {
        this.settings = settings;
        this.selector = selector;
        this.buffers = buffers;
        this.serviceGone = serviceGone;
    }

    int count() {
        return count;
    }

    void dial(SocketChannel client, InetSocketAddress target) {
        try {
            connections.add(new BridgeConnection(client, target, settings.sendsProxyHeader(), selector, buffers));
            count = connections.size();
        } catch (IOException e) {
            BridgeConnection.reset(client);
            if (e instanceof ConnectException) { // otherwise it is one connection's trouble
                serviceGone.run();
            }
        }
    }

    void ready(SelectionKey key) {
        if (!key.isValid()) {
            return;
        }
        BridgeConnection connection = (BridgeConnection) key.attachment();
        try {
            if (!connection.ready(key)) {
                connection.close();
                forget(connection);
            }
        } catch (IOException | RuntimeException | OutOfMemoryError broken) {
            boolean notDialled = connection.dialling();
            connection.reset();
            forget(connection);
            if (notDialled && broken instanceof ConnectException) {
                serviceGone.run();
            }
        }
    }

    void endIdle() {
        long limit = System.nanoTime() - settings.idleTimeout().toNanos();
        long dialled = System.nanoTime() - DIALLING.toNanos();
        List<BridgeConnection> idle = new ArrayList<>();
        for (BridgeConnection connection : connections) {
            if (connection.idleSince(limit) || (connection.dialling() && connection.idleSince(dialled))) {
                idle.add(connection);
            }
        }
        for (BridgeConnection connection : idle) {
            connection.reset();
            forget(connection);
        }
    }

    private void forget(BridgeConnection connection) {
        connections.remove(connection);
        count = connections.size();
    }

    void end() {
        connections.forEach(BridgeConnection::reset);
        connections.clear();
        count = 0;
    }
}
