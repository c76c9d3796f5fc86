// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import dev.v6.AddressText;
import dev.v6.Family;
import dev.v6.Finding;
import dev.v6.FindingCode;
import dev.v6.Protocol;
import dev.v6.proc.InterfaceAddress;
import dev.v6.proc.ProcFs;
import java.io.Closeable;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds out which families a wildcard socket of this JVM serves, by connecting to one. It is a socket for this alone, on a
 * port of its own: tried on the service's port, the service would take the connection for a client's.
 */
final class SelfProof {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final String FLAG = "java.net.preferIPv4Stack";
    private static final ProcFs PROC = ProcFs.at(Path.of("/proc"));

    private SelfProof() {}

    /** Why a family is not served; empty where both are. */
    static List<Finding> missing(Protocol protocol) throws IOException {
        if (protocol == Protocol.UDP) {
            return missing(new UdpScratch());
        }
        ServerSocketChannel server = ServerSocketChannel.open().bind(new InetSocketAddress(0), 8);
        return missing(new TcpScratch(server, server.socket().getLocalPort()));
    }

    /** The same for a listening socket that is not the JDK's; closes it. */
    static List<Finding> missing(Closeable server, int port) throws IOException {
        return missing(new TcpScratch(server, port));
    }

    private static List<Finding> missing(Scratch toTry) throws IOException {
        List<Finding> missing = new ArrayList<>();
        try (Scratch scratch = toTry) {
            if (!served(scratch, Family.IPV4)) {
                missing.add(ipv6Only());
            }
            if (!stack()) {
                missing.add(noStack());
            } else if (!served(scratch, Family.IPV6)) {
                missing.add(disabled());
            }
        }
        return missing;
    }

    private static boolean served(Scratch scratch, Family family) throws IOException {
        boolean others = false;
        for (InetAddress address : own(family)) {
            try {
                if (scratch.reached(address)) {
                    return true;
                }
            } catch (IOException e) {
                if (String.valueOf(e.getMessage()).contains("refused")) {
                    return false;
                }
                // No way to this address from here; with IPv6 off on lo there is none to any of one's own.
                others |= !address.isLoopbackAddress();
            }
        }
        return others; // which reach it, though this process cannot
    }

    /** Loopback first: it is there nearly always, and nobody filters it. */
    private static List<InetAddress> own(Family family) throws SocketException {
        List<InetAddress> addresses = new ArrayList<>(List.of(family.loopback()));
        if (family == Family.IPV6) {
            for (InterfaceAddress row : PROC.addresses().rows()) {
                if (row.global() && !row.tentative() && !row.dadFailed()) {
                    addresses.add(row.address());
                }
            }
        } else {
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(Inet4Address.class::isInstance)
                    .forEach(addresses::add);
        }
        return addresses;
    }

    /** Whether this JVM has an IPv6 stack at all, which it decided when its network classes were loaded. */
    static boolean stack() throws IOException {
        try (ServerSocketChannel opened = ServerSocketChannel.open(StandardProtocolFamily.INET6)) {
            return opened.isOpen();
        } catch (UnsupportedOperationException none) {
            return false;
        }
    }

    static Finding noStack() {
        String flag = System.getProperty(FLAG);
        if ("true".equalsIgnoreCase(flag)) {
            return Finding.of(FindingCode.PREFER_IPV4_STACK, "This JVM runs with " + FLAG + "=" + flag + ".");
        }
        List<InterfaceAddress> now = PROC.addresses().rows();
        if (now.isEmpty()) {
            return disabled();
        }
        return Finding.of(
                        FindingCode.IPV6_DISABLED,
                        "This JVM found no IPv6 when it started, and a JVM looks only once. Now there is " + now.get(0)
                                + ".")
                .withRemedy("Restart the service, or attach its network before it starts.");
    }

    /** The JDK clears IPV6_V6ONLY on its sockets, so this is one of a native transport, or of a platform without. */
    private static Finding ipv6Only() {
        Finding seen =
                Finding.of(FindingCode.IPV6_ONLY, "A socket bound to the wildcard does not answer at 127.0.0.1.");
        return PROC.sysctls().bindV6Only().orElse(0) != 1
                ? seen
                : Finding.of(seen.code(), seen.evidence() + " The sysctl net.ipv6.bindv6only is 1.")
                        .withRemedy("Set net.ipv6.bindv6only=0 (--sysctl with docker run), or turn IPV6_V6ONLY off on"
                                + " the socket, as the JDK's own do.");
    }

    private static Finding disabled() {
        List<InterfaceAddress> rows = PROC.addresses().rows();
        return Finding.of(
                FindingCode.IPV6_DISABLED,
                rows.isEmpty()
                        ? "No interface has an IPv6 address, not even ::1 on loopback."
                        : "A socket bound to the wildcard answers at none of the addresses "
                                + rows.stream()
                                        .map(row -> AddressText.of(row.address()))
                                        .toList() + ".");
    }

    /** A socket to be tried. */
    private interface Scratch extends AutoCloseable {
        boolean reached(InetAddress address) throws IOException;

        @Override
        void close() throws IOException;
    }

    private static final class TcpScratch implements Scratch {
        private final Closeable server;
        private final int port;

        TcpScratch(Closeable server, int port) {
            this.server = server;
            this.port = port;
        }

        @Override
        public boolean reached(InetAddress address) throws IOException {
            try (Socket client = new Socket()) {
                client.connect(new InetSocketAddress(address, port), (int) PATIENCE.toMillis());
                return true; // the kernel answers for the listening socket
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    private static final class UdpScratch implements Scratch {
        private final DatagramChannel server = DatagramChannel.open();

        UdpScratch() throws IOException {
            server.bind(new InetSocketAddress(0)).configureBlocking(false);
        }

        @Override
        public boolean reached(InetAddress address) throws IOException {
            InetSocketAddress target =
                    new InetSocketAddress(address, server.socket().getLocalPort());
            try (DatagramChannel client = DatagramChannel.open();
                    Selector selector = Selector.open()) {
                SelectionKey key = server.register(selector, SelectionKey.OP_READ);
                try {
                    client.connect(target);
                    client.write(ByteBuffer.allocate(1));
                    return selector.select(PATIENCE.toMillis()) > 0 && server.receive(ByteBuffer.allocate(1)) != null;
                } finally {
                    key.cancel();
                }
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
