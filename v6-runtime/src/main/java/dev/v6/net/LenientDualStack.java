// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import dev.v6.Family;
import dev.v6.Finding;
import dev.v6.Protocol;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@link DualStack} for services that would rather run with one family than not at all. Where IPv6 alone is taken on the
 * port, IPv4 is served; the reverse is not possible with the JDK's sockets, of which none is strictly IPv6.
 */
public final class LenientDualStack {
    private final DualStack spec;

    LenientDualStack(DualStack spec) {
        this.spec = spec;
    }

    /**
     * Opens a blocking server socket.
     *
     * @return it, and what it serves
     * @throws IOException if neither family can be served
     */
    public Served<ServerSocket> serverSocket() throws IOException {
        return served(Protocol.TCP, Sockets::serverSocket, (s, where) -> Sockets.ipv4Channel(s, where)
                .socket());
    }

    /**
     * Opens a server socket channel.
     *
     * @return it, and what it serves
     * @throws IOException if neither family can be served
     */
    public Served<ServerSocketChannel> serverSocketChannel() throws IOException {
        return served(Protocol.TCP, Sockets::serverSocketChannel, Sockets::ipv4Channel);
    }

    /**
     * Opens an asynchronous server socket channel of the default group.
     *
     * @return it, and what it serves
     * @throws IOException if neither family can be served
     */
    public Served<AsynchronousServerSocketChannel> asynchronousServerSocketChannel() throws IOException {
        return served(Protocol.TCP, Sockets::asynchronousServerSocketChannel, null);
    }

    /**
     * Opens a datagram channel.
     *
     * @return it, and what it serves
     * @throws IOException if neither family can be served
     */
    public Served<DatagramChannel> datagramChannel() throws IOException {
        return served(Protocol.UDP, Sockets::datagramChannel, null);
    }

    private <T> Served<T> served(Protocol protocol, Sockets.Opener<T> both, Sockets.@Nullable Opener<T> ipv4)
            throws IOException {
        List<Finding> missing = spec.address() == null ? SelfProof.missing(protocol) : List.of();
        try {
            return new Served<>(spec.bound(protocol, both), spec.families(missing), missing);
        } catch (DualStackException taken) {
            Set<Family> by = new PortHolders(Path.of("/proc"), protocol, spec.port()).families();
            if (ipv4 == null || spec.address() != null || !by.equals(Set.of(Family.IPV6))) {
                throw taken;
            }
            return new Served<>(spec.bound(protocol, ipv4), Set.of(Family.IPV4), List.of(taken.finding()));
        }
    }
}
