// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Set;

/**
 * Lets others reach a service that listens on loopback only and cannot be changed:
 *
 * <pre>{@code
 * LoopbackBridge bridge = LoopbackBridge.to(8080).open();
 * }</pre>
 *
 * <p>It listens at the service's port on every address of this host but the service's own, in both families, so that
 * {@code localhost} answers at 127.0.0.1 and ::1 alike, and forwards each TCP connection to the service: both directions, half-closed where its ends are, never with more than one buffer a direction
 * in memory. It forwards to loopback and nowhere else. While the service does not listen, the bridge does not either, so
 * its clients are refused as they should be. Addresses that come and go are followed. A daemon thread does all; where
 * connections come together, up to three more, and never more than there are processors, share them.
 *
 * <p>The bridge looks every second or so whether the service still listens. A service that closes its loopback socket and
 * binds the wildcard at the same port within that time finds the port taken by the bridge: close the bridge first.
 *
 * <p>Loopback may be all that protects a service: open a bridge only where it is meant to be reached. The service sees
 * connections from loopback; {@link LoopbackBridgeBuilder#proxyProtocol()} tells it who really called.
 */
public final class LoopbackBridge implements AutoCloseable {
    private final BridgeLoop loop;

    private LoopbackBridge(BridgeLoop loop) {
        this.loop = loop;
    }

    static LoopbackBridge start(LoopbackBridgeBuilder settings) throws IOException {
        BridgeLoop loop = new BridgeLoop(settings);
        loop.start();
        return new LoopbackBridge(loop);
    }

    /**
     * Bridges to a port, at whichever loopback address the service listens: 127.0.0.1, or ::1, where
     * {@code preferIPv6Addresses} moves it.
     *
     * @param port where the service listens, 1 to 65535
     * @return settings that open the bridge
     * @throws IllegalArgumentException if it is no port
     */
    public static LoopbackBridgeBuilder to(int port) {
        return LoopbackBridgeBuilder.to(port);
    }

    /**
     * Bridges to a loopback address.
     *
     * @param service where the service listens: 127.0.0.0/8 or ::1
     * @return settings that open the bridge
     * @throws IllegalArgumentException if it is not loopback
     */
    public static LoopbackBridgeBuilder to(InetSocketAddress service) {
        return LoopbackBridgeBuilder.to(service);
    }

    /**
     * Where the bridge listens now.
     *
     * @return addresses and ports; empty while the service does not listen
     */
    public Set<InetSocketAddress> listensOn() {
        return loop.listensOn();
    }

    /**
     * How many connections it carries now.
     *
     * @return open pairs of a client's and the service's connection
     */
    public int connections() {
        return loop.connections();
    }

    /**
     * How many connections were refused because the bound was reached.
     *
     * @return since it was opened
     */
    public long refused() {
        return loop.refused();
    }

    /** Ends every connection and stops listening; returns when that is done. */
    @Override
    public void close() {
        loop.close();
    }
}
