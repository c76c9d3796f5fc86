// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsServer;
import dev.v6.Family;
import dev.v6.Finding;
import dev.v6.Protocol;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketOption;
import java.net.UnknownHostException;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Listens on IPv4 and IPv6:
 *
 * <pre>{@code
 * ServerSocket server = DualStack.on(8080).serverSocket();
 * HttpServer http = DualStack.on(8080).backlog(512).httpServer();
 * }</pre>
 *
 * <p>After the call both families are served, or it has thrown one {@link DualStackException} with the finding that says
 * why not and what to do. That a wildcard socket serves both is tried, not assumed: with a socket of the same kind on a
 * port of its own, which costs about a millisecond. One bound to an address ({@link #at}) serves that address's family.
 *
 * <p>The sockets are the JDK's own and do as it documents; accepted peers are canonical: an IPv4 client is an {@link
 * java.net.Inet4Address} here, never IPv4-mapped (RFC 4291, 2.5.5.2). A port may be 0 for any free one. Instances cannot
 * change, and may be used more than once.
 */
public final class DualStack {
    private static final int HIGHEST_PORT = 65535;

    private final int first;
    private final int last;
    private final @Nullable InetAddress address;
    private final int backlog;
    private final Map<SocketOption<?>, Object> options;

    private DualStack(
            int first, int last, @Nullable InetAddress address, int backlog, Map<SocketOption<?>, Object> options) {
        this.first = first;
        this.last = last;
        this.address = address;
        this.backlog = backlog;
        this.options = options;
    }

    /**
     * Listens on a port of the wildcard address.
     *
     * @param port 0 to 65535; 0 for any free one
     * @return what then makes the socket
     * @throws IllegalArgumentException if it is no port
     */
    public static DualStack on(int port) {
        return on(port, port);
    }

    /**
     * Listens on the first port of a range that is free for both families.
     *
     * @param first the lowest, 0 to 65535
     * @param last the highest, not below the first
     * @return what then makes the socket
     * @throws IllegalArgumentException if it is no range of ports
     */
    public static DualStack on(int first, int last) {
        if (first < 0 || last > HIGHEST_PORT || first > last) {
            throw new IllegalArgumentException(
                    (first == last ? first + " is no port" : first + " to " + last + " is no range of ports")
                            + ". Name ports from 0 (any free one) to 65535, the lower one first.");
        }
        return new DualStack(first, last, null, 0, Map.of());
    }

    /**
     * Binds one address instead of the wildcard. Then the socket serves that address's family alone, as far as the
     * address does.
     *
     * @param local an address of this host; link-local ones with their zone, as {@code fe80::1%eth0} is
     * @return a copy
     */
    public DualStack at(InetAddress local) {
        return new DualStack(first, last, local, backlog, options);
    }

    /**
     * Sets how many connections may wait to be accepted.
     *
     * @param connections at most what the kernel allows (net.core.somaxconn); 0 for the JDK's 50
     * @return a copy
     */
    public DualStack backlog(int connections) {
        return new DualStack(first, last, address, connections, options);
    }

    /**
     * Sets a socket option before the socket is bound, such as {@link java.net.StandardSocketOptions#SO_REUSEADDR},
     * which the JDK turns on for listening sockets by itself.
     *
     * @param name one that this kind of socket has
     * @param value for it
     * @param <T> its type
     * @return a copy
     */
    public <T> DualStack option(SocketOption<T> name, T value) {
        Map<SocketOption<?>, Object> more = new LinkedHashMap<>(options);
        more.put(name, value);
        return new DualStack(first, last, address, backlog, Map.copyOf(more));
    }

    /**
     * Opens a blocking server socket.
     *
     * @return bound and listening
     * @throws DualStackException if a family cannot be served
     * @throws IOException if it cannot be opened for another reason
     */
    public ServerSocket serverSocket() throws IOException {
        return strictly(Protocol.TCP, Sockets::serverSocket);
    }

    /**
     * Opens a server socket channel.
     *
     * @return bound, listening and blocking
     * @throws DualStackException if a family cannot be served
     * @throws IOException if it cannot be opened for another reason
     */
    public ServerSocketChannel serverSocketChannel() throws IOException {
        return strictly(Protocol.TCP, Sockets::serverSocketChannel);
    }

    /**
     * Opens an asynchronous server socket channel of the default group.
     *
     * @return bound and listening
     * @throws DualStackException if a family cannot be served
     * @throws IOException if it cannot be opened for another reason
     */
    public AsynchronousServerSocketChannel asynchronousServerSocketChannel() throws IOException {
        return strictly(Protocol.TCP, Sockets::asynchronousServerSocketChannel);
    }

    /**
     * Opens a datagram channel. Where this host has more than one address, answer from the one that was asked: over UDP
     * the kernel chooses otherwise.
     *
     * @return bound and blocking
     * @throws DualStackException if a family cannot be served
     * @throws IOException if it cannot be opened for another reason
     */
    public DatagramChannel datagramChannel() throws IOException {
        return strictly(Protocol.UDP, Sockets::datagramChannel);
    }

    /**
     * Makes the JDK's HTTP server (module jdk.httpserver). Socket options are not taken by it.
     *
     * @return bound, with no context and not started
     * @throws DualStackException if a family cannot be served
     * @throws IOException if it cannot be made for another reason
     */
    public HttpServer httpServer() throws IOException {
        return strictly(Protocol.TCP, (spec, where) -> Sockets.free(spec, where, HttpServer::create));
    }

    /**
     * Makes the JDK's HTTPS server (module jdk.httpserver). It needs an {@code HttpsConfigurator} before it starts.
     *
     * @return bound, with no context and not started
     * @throws DualStackException if a family cannot be served
     * @throws IOException if it cannot be made for another reason
     */
    public HttpsServer httpsServer() throws IOException {
        return strictly(Protocol.TCP, (spec, where) -> Sockets.free(spec, where, HttpsServer::create));
    }

    /**
     * Opens two sockets on one port, one a family, for places that forbid a socket that serves both. They look like one:
     * closing it closes both, and {@code accept} takes from whichever has a connection. The JDK cannot set IPV6_V6ONLY,
     * so the two share the port with SO_REUSEPORT, and the kernel gives each family to its own socket; a further
     * process of the same user could share it, too.
     *
     * @return bound and listening
     * @throws DualStackException if a family cannot be served
     * @throws IOException if it cannot be opened for another reason
     */
    public ServerSocket pair() throws IOException {
        return new PairServerSocket(pairOfChannels());
    }

    /**
     * The same for those who select or accept themselves.
     *
     * @return the IPv4 and the IPv6 socket, bound and listening on the same port; the caller closes both
     * @throws DualStackException if a family cannot be served
     * @throws IOException if they cannot be opened for another reason
     */
    public List<ServerSocketChannel> pairOfChannels() throws IOException {
        if (address != null) {
            throw new IllegalArgumentException("A pair takes the wildcard of each family, and "
                    + address.getHostAddress() + " was given. Leave out at(), or open one socket an address.");
        }
        return strictly(Protocol.TCP, Sockets::pair);
    }

    /**
     * Serves what can be served and says which: for services that would rather run with one family than not at all.
     *
     * @return the same with answers that tell
     */
    public LenientDualStack lenient() {
        return new LenientDualStack(this);
    }

    /**
     * Makes server sockets for libraries that take a factory. Its sockets keep the same promise, those that are bound
     * later included.
     *
     * @return a factory whose sockets serve both families where they are bound to the wildcard
     */
    public static ServerSocketFactory serverSocketFactory() {
        return new DualStackFactory();
    }

    /**
     * The same over TLS.
     *
     * @param context with the service's keys
     * @return a factory whose sockets serve both families where they are bound to the wildcard
     */
    public static SSLServerSocketFactory serverSocketFactory(SSLContext context) {
        return new DualStackTlsFactory(context.getServerSocketFactory());
    }

    /**
     * Tells what this JVM can serve here, and why not more. Nothing is opened that stays open.
     *
     * @return the families and, one by one, what IPv6 needs
     * @throws IOException if no socket can be opened at all
     */
    public static Families families() throws IOException {
        return FamilyFacts.here();
    }

    /**
     * An address in its one canonical form, for allow lists and logs: an IPv4-mapped one is IPv4 (RFC 4291, 2.5.5.2).
     * Addresses that the JDK's sockets report are so already; those from elsewhere may not be.
     *
     * @param peer any address
     * @return the same, or the IPv4 address that it maps
     */
    public static InetAddress canonical(InetAddress peer) {
        byte[] bytes = peer.getAddress();
        if (!(peer instanceof Inet6Address) || !Sockets.mapped(bytes)) {
            return peer;
        }
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, 12, 16));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible); // only for other lengths
        }
    }

    private <T> T strictly(Protocol protocol, Sockets.Opener<T> opener) throws IOException {
        prove(protocol);
        return bound(protocol, opener);
    }

    /** Throws unless a wildcard socket serves both families here. */
    void prove(Protocol protocol) throws IOException {
        if (address == null) {
            List<Finding> missing = SelfProof.missing(protocol);
            if (!missing.isEmpty()) {
                throw new DualStackException(missing.get(0), null);
            }
        } else if (Family.of(address) == Family.IPV6 && !SelfProof.stack()) {
            throw new DualStackException(SelfProof.noStack(), null);
        }
    }

    <T> T bound(Protocol protocol, Sockets.Opener<T> opener) throws IOException {
        IOException why = new IOException("no port was tried");
        for (int port = first; port <= last; port++) {
            InetSocketAddress where =
                    address == null ? new InetSocketAddress(port) : new InetSocketAddress(address, port);
            try {
                return opener.open(this, where);
            } catch (IOException e) {
                why = Sockets.explained(e, protocol, where);
            }
        }
        throw why;
    }

    Set<Family> families(List<Finding> missing) {
        return address == null ? FamilyFacts.without(missing) : Set.of(Family.of(address));
    }

    @Nullable
    InetAddress address() {
        return address;
    }

    int backlog() {
        return backlog;
    }

    int port() {
        return first;
    }

    Map<SocketOption<?>, Object> options() {
        return options;
    }
}
