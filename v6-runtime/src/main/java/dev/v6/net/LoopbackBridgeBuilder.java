// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import dev.v6.AddressText;
import dev.v6.Family;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Settings of a {@link LoopbackBridge}. Instances cannot change. */
public final class LoopbackBridgeBuilder {
    private static final int HIGHEST_PORT = 65535;
    private static final int CONNECTIONS = 10_000;
    private static final Duration IDLE = Duration.ofHours(2);

    private final BridgeService service;
    private final int port;
    private final @Nullable InetAddress address;
    private final Duration idleTimeout;
    private final int maxConnections;
    private final boolean proxyProtocol;

    private LoopbackBridgeBuilder(
            BridgeService service,
            int port,
            @Nullable InetAddress address,
            Duration idleTimeout,
            int maxConnections,
            boolean proxyProtocol) {
        this.service = service;
        this.port = port;
        this.address = address;
        this.idleTimeout = idleTimeout;
        this.maxConnections = maxConnections;
        this.proxyProtocol = proxyProtocol;
    }

    static LoopbackBridgeBuilder to(int port) {
        return to(new BridgeService(null, port(port, 1)));
    }

    static LoopbackBridgeBuilder to(InetSocketAddress service) {
        port(service.getPort(), 1);
        InetAddress host = service.getAddress();
        if (host == null) {
            throw new IllegalArgumentException("The name " + service.getHostString()
                    + " has no address here. Name the service's loopback address: 127.0.0.1 or ::1.");
        }
        if (!host.isLoopbackAddress()) {
            throw new IllegalArgumentException("A bridge leads to loopback and nowhere else, and "
                    + AddressText.of(host) + " is not loopback. Name 127.0.0.1 or ::1, where the service listens.");
        }
        return to(new BridgeService(host, service.getPort()));
    }

    private static LoopbackBridgeBuilder to(BridgeService service) {
        return new LoopbackBridgeBuilder(service, service.port(), null, IDLE, CONNECTIONS, false);
    }

    /**
     * Listens on another port than the service's.
     *
     * @param other 1 to 65535
     * @return a copy
     * @throws IllegalArgumentException if it is no port
     */
    public LoopbackBridgeBuilder on(int other) {
        return new LoopbackBridgeBuilder(service, port(other, 1), address, idleTimeout, maxConnections, proxyProtocol);
    }

    /**
     * Listens on one address instead of all but the service's own.
     *
     * @param local of an interface of this host
     * @return a copy
     */
    public LoopbackBridgeBuilder at(InetAddress local) {
        return new LoopbackBridgeBuilder(service, port, local, idleTimeout, maxConnections, proxyProtocol);
    }

    /**
     * Ends connections on which nothing was sent in either direction.
     *
     * @param limit for this long; 2 hours if not set
     * @return a copy
     * @throws IllegalArgumentException if it is not positive
     */
    public LoopbackBridgeBuilder idleTimeout(Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException(
                    "The idle time-out is " + limit + ", which ends every connection. Name a positive time.");
        }
        return new LoopbackBridgeBuilder(service, port, address, limit, maxConnections, proxyProtocol);
    }

    /**
     * Refuses connections beyond a number: they are reset at once, not kept waiting.
     *
     * @param connections at once; 10,000 if not set
     * @return a copy
     * @throws IllegalArgumentException if it is not positive
     */
    public LoopbackBridgeBuilder maxConnections(int connections) {
        if (connections < 1) {
            throw new IllegalArgumentException(
                    "A bridge for " + connections + " connections serves nobody. Name 1 or more.");
        }
        return new LoopbackBridgeBuilder(service, port, address, idleTimeout, connections, proxyProtocol);
    }

    /**
     * Sends a PROXY protocol header, version 2, before the client's bytes, so that the service learns the client's
     * address. The service must expect it.
     *
     * @return a copy
     */
    public LoopbackBridgeBuilder proxyProtocol() {
        return new LoopbackBridgeBuilder(service, port, address, idleTimeout, maxConnections, true);
    }

    /**
     * Opens the bridge. If the service does not listen yet, the bridge begins to when it does.
     *
     * @return open; the caller closes it
     * @throws DualStackException if the service is to be at ::1, and this JVM has no IPv6
     * @throws BindException if the address is none of this host's, or would lead the bridge to itself
     * @throws IOException if the bridge cannot be opened for another reason
     */
    public LoopbackBridge open() throws IOException {
        InetAddress host = service.host();
        if (address != null && port == service.port() && address.equals(host)) {
            throw new BindException("A bridge at " + AddressText.of(address, port)
                    + " would lead to itself. Choose another port for it, or an address but loopback.");
        }
        if (address != null && !Sockets.ofThisHost(address)) {
            throw new BindException("No interface here has the address " + AddressText.of(address)
                    + ". Name one that 'ip address' lists, or none to use them all.");
        }
        if (host != null && Family.of(host) == Family.IPV6 && !SelfProof.stack()) {
            throw new DualStackException(SelfProof.noStack(), null);
        }
        return LoopbackBridge.start(this);
    }

    BridgeService service() {
        return service;
    }

    int port() {
        return port;
    }

    Optional<InetAddress> address() {
        return Optional.ofNullable(address);
    }

    Duration idleTimeout() {
        return idleTimeout;
    }

    int maxConnections() {
        return maxConnections;
    }

    boolean sendsProxyHeader() {
        return proxyProtocol;
    }

    private static int port(int number, int lowest) {
        if (number < lowest || number > HIGHEST_PORT) {
            throw new IllegalArgumentException(
                    number + " is no port of a bridge. Name one from " + lowest + " to " + HIGHEST_PORT + ".");
        }
        return number;
    }
}
