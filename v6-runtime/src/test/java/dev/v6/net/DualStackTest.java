// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsServer;
import dev.v6.Family;
import dev.v6.FindingCode;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DualStackTest {

    @Test
    void aServerSocketTakesBothFamiliesAndTellsThemApart() throws Exception {
        try (ServerSocket server = DualStack.on(0).backlog(5).serverSocket()) {
            assertThat(peers(server)).containsExactly(Inet4Address.class, Inet6Address.class);
        }
    }

    @Test
    void aPairTakesBothFamiliesToo() throws Exception {
        try (ServerSocket server = DualStack.on(0).pair()) {
            assertThat(peers(server)).containsExactly(Inet4Address.class, Inet6Address.class);
            assertThat(server.isBound()).isTrue();
            assertThat(server.getLocalSocketAddress())
                    .isEqualTo(new InetSocketAddress("0.0.0.0", server.getLocalPort()));
        }
    }

    @Test
    void eachSocketOfAPairHasItsOwnFamily() throws Exception {
        List<ServerSocketChannel> pair = DualStack.on(0).pairOfChannels();
        try (ServerSocketChannel ipv4 = pair.get(0);
                ServerSocketChannel ipv6 = pair.get(1)) {
            int port = ipv4.socket().getLocalPort();
            for (int i = 0; i < 50; i++) {
                connect(Family.IPV4, port);
                connect(Family.IPV6, port);
                assertThat(ipv4.accept().socket().getInetAddress()).isInstanceOf(Inet4Address.class);
                assertThat(ipv6.accept().socket().getInetAddress()).isInstanceOf(Inet6Address.class);
            }
            assertThat(ipv6.socket().getLocalPort()).isEqualTo(port);
        }
    }

    @Test
    void acceptingOnAPairKeepsTheTimeoutAndEndsWhenItIsClosed() throws Exception {
        ServerSocket server = DualStack.on(0).pair();
        server.setSoTimeout(50);
        assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(server::accept);

        server.setSoTimeout(0);
        CompletableFuture<Throwable> accepting =
                CompletableFuture.supplyAsync(() -> org.assertj.core.api.Assertions.catchThrowable(server::accept));
        server.close();

        assertThat(accepting.get(10, TimeUnit.SECONDS))
                .isInstanceOf(SocketException.class)
                .hasMessage("Socket closed");
        assertThat(server.isClosed()).isTrue();
    }

    @Test
    void channelsTakeBothFamilies() throws Exception {
        try (ServerSocketChannel server = DualStack.on(0).serverSocketChannel();
                AsynchronousServerSocketChannel asynchronous = DualStack.on(0).asynchronousServerSocketChannel()) {
            assertThat(peers(server.socket())).containsExactly(Inet4Address.class, Inet6Address.class);
            int port = ((InetSocketAddress) asynchronous.getLocalAddress()).getPort();
            for (Family family : Family.values()) {
                try (Socket client = new Socket(family.loopback(), port)) {
                    assertThat(asynchronous.accept().get(10, TimeUnit.SECONDS).getRemoteAddress())
                            .isEqualTo(client.getLocalSocketAddress());
                }
            }
        }
    }

    @Test
    void aDatagramChannelTakesBothFamilies() throws Exception {
        try (DatagramChannel server = DualStack.on(0).datagramChannel();
                DatagramChannel client = DatagramChannel.open()) {
            int port = server.socket().getLocalPort();
            for (Family family : Family.values()) {
                client.send(ByteBuffer.wrap("x".getBytes(US_ASCII)), new InetSocketAddress(family.loopback(), port));
                InetSocketAddress from = (InetSocketAddress) server.receive(ByteBuffer.allocate(10));
                assertThat(Family.of(from.getAddress())).isEqualTo(family);
            }
        }
    }

    @Test
    void theJdksHttpServerTakesBothFamilies() throws Exception {
        HttpServer server = DualStack.on(0).httpServer();
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try {
            for (String host : List.of("127.0.0.1", "[::1]")) {
                URI uri =
                        URI.create("http://" + host + ":" + server.getAddress().getPort() + "/");
                assertThat(HttpClient.newHttpClient()
                                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                                .statusCode())
                        .isEqualTo(204);
            }
        } finally {
            server.stop(0);
        }
        HttpsServer https = DualStack.on(0).httpsServer();
        assertThat(https.getAddress().getPort()).isPositive();
        https.stop(0);
    }

    @Test
    void aSecondWildcardOnThePortIsRefusedWithWhoHoldsIt() throws Exception {
        try (ServerSocket first = DualStack.on(0).serverSocket()) {
            assertThatThrownBy(() -> DualStack.on(first.getLocalPort()).serverSocket())
                    .isInstanceOfSatisfying(DualStackException.class, e -> {
                        assertThat(e.finding().code()).isEqualTo(FindingCode.PORT_TAKEN);
                        assertThat(e.finding().evidence())
                                .startsWith("Port " + first.getLocalPort() + " is taken by [::]:")
                                .contains("(process " + ProcessHandle.current().pid() + ", ");
                    })
                    .hasMessageContaining("V6-409")
                    .hasMessageEndingWith("or choose another port here.");
        }
    }

    @Test
    void aPortThatIsTakenOnOneFamilyIsNotServedByHalf() throws Exception {
        try (ServerSocketChannel ipv4 =
                ServerSocketChannel.open(StandardProtocolFamily.INET).bind(new InetSocketAddress("0.0.0.0", 0))) {
            int port = ipv4.socket().getLocalPort();
            assertThatThrownBy(() -> DualStack.on(port).serverSocketChannel())
                    .isInstanceOf(DualStackException.class)
                    .hasMessageContaining("is taken on IPv4 alone by 0.0.0.0:" + port);
            assertThatThrownBy(() -> DualStack.on(port).httpServer()).hasMessageContaining("is taken on IPv4 alone");
            assertThatThrownBy(() -> DualStack.on(port).pair()).hasMessageContaining("is taken on IPv4 alone");
        }
        try (DatagramChannel ipv4 =
                DatagramChannel.open(StandardProtocolFamily.INET).bind(new InetSocketAddress("127.0.0.1", 0))) {
            assertThatThrownBy(() -> DualStack.on(ipv4.socket().getLocalPort()).datagramChannel())
                    .hasMessageContaining("is taken on IPv4 alone by 127.0.0.1:");
        }
    }

    @Test
    void aSecondPairIsRefusedThoughTheKernelWouldAllowIt() throws Exception {
        try (ServerSocket first = DualStack.on(0).pair()) {
            assertThatThrownBy(() -> DualStack.on(first.getLocalPort()).pair())
                    .isInstanceOf(DualStackException.class)
                    .hasMessageContaining("(process " + ProcessHandle.current().pid() + ", ");
        }
    }

    @Test
    void aRangeGivesTheFirstPortThatIsFreeForBoth() throws Exception {
        try (ServerSocketChannel taken =
                ServerSocketChannel.open(StandardProtocolFamily.INET).bind(new InetSocketAddress("0.0.0.0", 0))) {
            int port = taken.socket().getLocalPort();
            try (ServerSocket server =
                    DualStack.on(port, Math.min(port + 20, 65535)).serverSocket()) {
                assertThat(server.getLocalPort()).isGreaterThan(port);
            }
        }
    }

    @Test
    void factoriesKeepThePromiseWheneverTheirSocketsAreBound() throws Exception {
        try (ServerSocket bound = DualStack.serverSocketFactory().createServerSocket(0, 3);
                ServerSocket later = DualStack.serverSocketFactory().createServerSocket();
                ServerSocket tls = DualStack.serverSocketFactory(javax.net.ssl.SSLContext.getDefault())
                        .createServerSocket(0)) {
            later.bind(new InetSocketAddress(0));
            assertThat(peers(bound)).hasSize(2);
            assertThat(peers(later)).hasSize(2);
            assertThat(peers(tls)).hasSize(2);
            assertThat(tls).isInstanceOf(javax.net.ssl.SSLServerSocket.class);
            assertThatThrownBy(() -> DualStack.serverSocketFactory(javax.net.ssl.SSLContext.getDefault())
                            .createServerSocket(bound.getLocalPort()))
                    .isInstanceOf(DualStackException.class);
        }
    }

    @Test
    void oneAddressIsBoundAsTheJdkDoesAndOptionsAreSet() throws Exception {
        try (ServerSocket server = DualStack.on(0)
                .at(InetAddress.getByName("::1"))
                .option(StandardSocketOptions.SO_RCVBUF, 65536)
                .serverSocket()) {
            assertThat(server.getInetAddress()).isEqualTo(InetAddress.getByName("::1"));
            assertThat(server.getOption(StandardSocketOptions.SO_RCVBUF)).isGreaterThanOrEqualTo(65536);
        }
    }

    @Test
    void lenientServesBothWhereItCan() throws Exception {
        Served<ServerSocket> served = DualStack.on(0).lenient().serverSocket();
        try (ServerSocket server = served.socket()) {
            assertThat(served.families()).containsExactlyInAnyOrder(Family.values());
            assertThat(served.missing()).isEmpty();
            assertThat(peers(server)).hasSize(2);
        }
    }

    @Test
    void whatThisJvmCanServeIsThreeFactsAndNotOne() throws Exception {
        Families families = DualStack.families();

        assertThat(families.served()).isEqualTo(Set.of(Family.IPV4, Family.IPV6));
        assertThat(families.ipv6Stack()).isTrue();
        assertThat(families.findings()).hasSize(families.ipv6Address() && families.ipv6Route() ? 0 : 1);
    }

    @Test
    void aMappedPeerIsIpv4() throws Exception {
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, (byte) 192, 0, 2, 1};
        InetAddress peer = Inet6Address.getByAddress(null, mapped, -1);
        assertThat(peer).isInstanceOf(Inet6Address.class);

        assertThat(DualStack.canonical(peer)).isEqualTo(InetAddress.getByName("192.0.2.1"));
        assertThat(DualStack.canonical(InetAddress.getByName("2001:db8::1")))
                .isEqualTo(InetAddress.getByName("2001:db8::1"));
    }

    @Test
    void badInputIsASentenceWithWhatToDo() {
        assertThatThrownBy(() -> DualStack.on(65536))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("65536 is no port. Name ports from 0 (any free one) to 65535, the lower one first.");
        assertThatThrownBy(() -> DualStack.on(90, 80)).hasMessageStartingWith("90 to 80 is no range of ports.");
        assertThatThrownBy(() -> DualStack.on(0)
                        .at(InetAddress.getByName("2001:db8::dead"))
                        .serverSocket())
                .isInstanceOf(BindException.class)
                .hasMessageStartingWith("No interface here has the address 2001:db8::dead. Bind one that");
        assertThatThrownBy(
                        () -> DualStack.on(0).at(InetAddress.getByName("::1")).pair())
                .hasMessageContaining("Leave out at()");
    }

    private static void connect(Family family, int port) throws IOException {
        new Socket(family.loopback(), port).close();
    }

    /** What the server sees of a client of each family. */
    private static List<Class<? extends InetAddress>> peers(ServerSocket server) throws IOException {
        List<Class<? extends InetAddress>> seen = new java.util.ArrayList<>();
        for (Family family : Family.values()) {
            try (Socket client = new Socket(family.loopback(), server.getLocalPort());
                    Socket accepted = server.accept()) {
                assertThat(accepted.getPort()).isEqualTo(client.getLocalPort());
                seen.add(accepted.getInetAddress().getClass());
            }
        }
        return seen;
    }
}
