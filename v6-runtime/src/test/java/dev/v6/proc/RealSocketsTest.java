// SPDX-License-Identifier: Apache-2.0
package dev.v6.proc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.ChildJvm;
import dev.v6.Family;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a JVM's sockets really look like in the kernel's tables. */
class RealSocketsTest {
    private static final ProcFs PROC = ProcFs.at(Path.of("/proc"));

    /** Runs in a child: opens a socket, tells its port, and stays until its input ends. */
    static final class Child {
        private Child() {}

        public static void main(String[] args) throws IOException {
            try (ServerSocket server = new ServerSocket(0)) {
                System.out.println(server.getLocalPort());
                System.in.read();
            }
        }
    }

    @Test
    void socketWithoutAnAddressIsDualStack() throws IOException {
        try (ServerSocket server = new ServerSocket(0)) {
            Listener listener = only(PROC.listeners(), server.getLocalPort());

            assertThat(listener).hasToString("tcp6 [::]:" + server.getLocalPort());
            assertThat(listener.families()).containsExactly(Family.IPV4, Family.IPV6);
            assertThat(PROC.listeningPorts()).contains(server.getLocalPort());
        }
    }

    @Test
    void ipv4WildcardIsDualStackToo() throws IOException {
        try (ServerSocketChannel server =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getByName("0.0.0.0"), 0))) {
            int port = server.socket().getLocalPort();

            assertThat(only(PROC.listeners(), port)).hasToString("tcp6 [::]:" + port);
        }
    }

    @Test
    void ipv4LoopbackStandsMappedInTcp6() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Listener listener = only(PROC.listeners(), server.getLocalPort());

            assertThat(listener).hasToString("tcp6 [::ffff:127.0.0.1]:" + server.getLocalPort());
            assertThat(listener.families()).containsExactly(Family.IPV4);
            assertThat(listener.loopback()).isTrue();
        }
    }

    @Test
    void ipv6LoopbackServesIpv6Alone() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
            Listener listener = only(PROC.listeners(), server.getLocalPort());

            assertThat(listener).hasToString("tcp6 [::1]:" + server.getLocalPort());
            assertThat(listener.families()).containsExactly(Family.IPV6);
        }
    }

    @Test
    void channelOfTheIpv4FamilyStandsInTcp() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.INET)
                .bind(new InetSocketAddress(InetAddress.getByName("0.0.0.0"), 0))) {
            int port = server.socket().getLocalPort();

            assertThat(only(PROC.listeners(), port)).hasToString("tcp 0.0.0.0:" + port);
        }
    }

    @Test
    void jvmThatPrefersIpv4StandsInTcp() throws IOException {
        try (ChildJvm child = ChildJvm.start("-Djava.net.preferIPv4Stack=true", Child.class.getName())) {
            int port = Integer.parseInt(child.line());

            assertThat(only(PROC.listeners(), port)).hasToString("tcp 0.0.0.0:" + port);
            assertThat(PROC.listenersOf(child.pid()).rows())
                    .map(listener -> listener.local().port())
                    .containsExactly(port);
            assertThat(only(ProcFs.ofProcess(child.pid()).listeners(), port).wildcard())
                    .isTrue();
            assertThat(PROC.listenersHeldBy(child.pid())).isEqualTo(1);
        }
    }

    @Test
    void udpSocketIsAListener() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0)) {
            assertThat(only(PROC.listeners(), socket.getLocalPort())).hasToString("udp6 [::]:" + socket.getLocalPort());
        }
    }

    @Test
    void listenersOfThisProcessAreAmongTheNamespaces() throws IOException {
        try (ServerSocket server = new ServerSocket(0)) {
            Table<Listener> own = PROC.listenersOf(ProcessHandle.current().pid());

            assertThat(own.problems()).isEmpty();
            assertThat(only(own, server.getLocalPort())).isEqualTo(only(PROC.listeners(), server.getLocalPort()));
        }
    }

    @Test
    void connectionInTheBacklogHasNoInode() throws IOException {
        try (ServerSocket server = new ServerSocket(0);
                Socket client = new Socket("127.0.0.1", server.getLocalPort())) {
            assertThat(served(client).inode()).isZero();

            try (Socket accepted = server.accept()) {
                assertThat(accepted.getPort()).isEqualTo(client.getLocalPort());
                assertThat(served(client).inode()).isPositive();
                assertThat(served(client).remote().mapped()).isTrue();
            }
        }
    }

    @Test
    void loopbackHasItsAddress() {
        assertThat(PROC.addresses().rows()).map(InterfaceAddress::toString).contains("::1/128 on lo");
        assertThat(PROC.addresses().problems()).isEmpty();
        assertThat(PROC.routes().problems()).isEmpty();
        assertThat(PROC.routes().rows()).isNotEmpty();
        assertThat(PROC.sysctls().disableIpv6("lo")).hasValue(0);
        assertThat(ProcFs.ofProcess(ProcessHandle.current().pid()).sysctls().disableIpv6("lo"))
                .hasValue(0);
    }

    private static SocketEntry served(Socket client) {
        List<SocketEntry> rows = PROC.sockets(socket -> socket.remote().port() == client.getLocalPort()
                        && socket.local().port() == client.getPort())
                .rows();
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    private static Listener only(Table<Listener> table, int port) {
        List<Listener> rows = table.rows().stream()
                .filter(listener -> listener.local().port() == port)
                .toList();
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }
}
