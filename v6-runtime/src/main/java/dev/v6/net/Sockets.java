// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import dev.v6.AddressText;
import dev.v6.Protocol;
import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How each of the JDK's listening sockets is opened, and what it means when one cannot be. */
final class Sockets {
    private static final int MAPPED_PREFIX = 10;

    private Sockets() {}

    /** Opens one kind of socket, bound to an address; leaves nothing open if that fails. */
    interface Opener<T> {
        T open(DualStack spec, InetSocketAddress where) throws IOException;
    }

    private interface Step {
        void run() throws IOException;
    }

    static ServerSocket serverSocket(DualStack spec, InetSocketAddress where) throws IOException {
        ServerSocket socket = new ServerSocket();
        orClose(socket, () -> {
            set(spec, socket::setOption);
            socket.bind(where, spec.backlog());
        });
        return socket;
    }

    static ServerSocketChannel serverSocketChannel(DualStack spec, InetSocketAddress where) throws IOException {
        return bind(ServerSocketChannel.open(), spec, where);
    }

    /** Of IPv4 and of nothing else: the only listening socket of the JDK that is strictly of one family. */
    static ServerSocketChannel ipv4Channel(DualStack spec, InetSocketAddress where) throws IOException {
        return bind(ServerSocketChannel.open(StandardProtocolFamily.INET), spec, where);
    }

    static AsynchronousServerSocketChannel asynchronousServerSocketChannel(DualStack spec, InetSocketAddress where)
            throws IOException {
        AsynchronousServerSocketChannel channel = AsynchronousServerSocketChannel.open();
        orClose(channel, () -> {
            set(spec, channel::setOption);
            channel.bind(where, spec.backlog());
        });
        return channel;
    }

    static DatagramChannel datagramChannel(DualStack spec, InetSocketAddress where) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        orClose(channel, () -> {
            set(spec, channel::setOption);
            channel.bind(where);
        });
        return channel;
    }

    interface Server<T> {
        T make(InetSocketAddress where, int backlog) throws IOException;
    }

    /** Makes a server that, where the port is taken, would keep its own socket open for good: so that is tried first. */
    static <T> T free(DualStack spec, InetSocketAddress where, Server<T> server) throws IOException {
        serverSocket(spec, where).close();
        return server.make(where, spec.backlog());
    }

    static List<ServerSocketChannel> pair(DualStack spec, InetSocketAddress where) throws IOException {
        if (where.getPort() != 0) {
            // Another pair would share the port without a word, and the kernel deal its clients out between the two.
            PortHolders holders = new PortHolders(Path.of("/proc"), Protocol.TCP, where.getPort());
            if (!holders.families().isEmpty()) {
                throw new DualStackException(holders.finding(where.getPort()), null);
            }
        }
        DualStack shared = spec.option(StandardSocketOptions.SO_REUSEPORT, true);
        ServerSocketChannel ipv6 = bind(
                ServerSocketChannel.open(StandardProtocolFamily.INET6),
                shared,
                new InetSocketAddress(wildcard(16), where.getPort()));
        try {
            ServerSocketChannel ipv4 = bind(
                    ServerSocketChannel.open(StandardProtocolFamily.INET),
                    shared,
                    new InetSocketAddress(wildcard(4), ipv6.socket().getLocalPort()));
            return List.of(ipv4, ipv6);
        } catch (IOException e) {
            ipv6.close();
            throw e;
        }
    }

    private static ServerSocketChannel bind(ServerSocketChannel channel, DualStack spec, InetSocketAddress where)
            throws IOException {
        orClose(channel, () -> {
            set(spec, channel::setOption);
            channel.bind(where, spec.backlog());
        });
        return channel;
    }

    private static void orClose(Closeable socket, Step step) throws IOException {
        try {
            step.run();
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private interface Setter {
        <T> Object set(SocketOption<T> name, T value) throws IOException;
    }

    @SuppressWarnings("unchecked") // option() took name and value of one type
    private static void set(DualStack spec, Setter setter) throws IOException {
        for (Map.Entry<SocketOption<?>, Object> option : spec.options().entrySet()) {
            setter.set((SocketOption<Object>) option.getKey(), option.getValue());
        }
    }

    /** The same failure as a sentence that ends in what to do. */
    static IOException explained(IOException e, Protocol protocol, InetSocketAddress where) throws SocketException {
        if (!(e instanceof SocketException) || e instanceof DualStackException) {
            return e;
        }
        InetAddress address = where.getAddress();
        String text = AddressText.of(address);
        int port = where.getPort();
        if (!ofThisHost(address)) {
            return because(
                    "No interface here has the address " + text + ". Bind one that 'ip address' lists, or leave the"
                            + " address out to serve them all.",
                    e);
        }
        if (String.valueOf(e.getMessage()).contains("Permission denied")) {
            return because(
                    "This user may not listen on port " + port
                            + " (net.ipv4.ip_unprivileged_port_start is above it). Use a higher port, or give the"
                            + " process CAP_NET_BIND_SERVICE.",
                    e);
        }
        if (e instanceof BindException) {
            return new DualStackException(new PortHolders(Path.of("/proc"), protocol, port).finding(port), e);
        }
        return e;
    }

    /** All of 127.0.0.0/8 is, though interfaces list one address of it. */
    static boolean ofThisHost(InetAddress address) throws SocketException {
        return address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || NetworkInterface.getByInetAddress(address) != null;
    }

    private static BindException because(String sentence, IOException cause) {
        BindException better = new BindException(sentence);
        better.initCause(cause);
        return better;
    }

    static boolean mapped(byte[] address) {
        for (int i = 0; i < MAPPED_PREFIX; i++) {
            if (address[i] != 0) {
                return false;
            }
        }
        return address[10] == -1 && address[11] == -1;
    }

    private static InetAddress wildcard(int length) {
        try {
            return InetAddress.getByAddress(new byte[length]);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible); // only for other lengths
        }
    }
}
