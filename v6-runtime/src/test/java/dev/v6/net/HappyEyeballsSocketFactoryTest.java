// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.v6.Family;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.FutureTask;
import javax.net.SocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HappyEyeballsSocketFactoryTest {
    private static final InetAddress FOUR = Family.IPV4.loopback();
    private static final InetAddress SIX = Family.IPV6.loopback();
    private static final SocketFactory FACTORY = HappyEyeballs.builder()
            .names(host -> Names.Answers.of(List.of(FOUR, SIX)))
            .build()
            .socketFactory();

    @Test
    void anUnconnectedSocketRacesTheNameThatItIsGivenUnresolved() throws Exception {
        try (Greeter four = Greeter.at(FOUR, 0);
                Silence six = new Silence(SIX, four.port());
                Socket socket = FACTORY.createSocket()) {
            socket.connect(InetSocketAddress.createUnresolved("db.example", six.port()), 10_000);
            assertThat(HappyEyeballsTest.greeting(socket)).isEqualTo("127.0.0.1");
            assertThat(socket.isConnected()).isTrue();
            assertThat(socket.getInetAddress()).isEqualTo(FOUR);
            assertThat(socket.getPort()).isEqualTo(four.port());
            assertThat(socket.getLocalAddress()).isEqualTo(FOUR);
            assertThat(socket.getLocalPort()).isPositive();
            assertThat(socket.getRemoteSocketAddress()).isEqualTo(new InetSocketAddress(FOUR, four.port()));
        }
    }

    /** As drivers do that look the name up on their own and take its first address. */
    @Test
    void aResolvedNameIsRacedWithThatAddressFirst() throws Exception {
        InetAddress chosen = InetAddress.getByAddress("db.example", SIX.getAddress());
        try (Greeter four = Greeter.at(FOUR, 0);
                Socket socket = FACTORY.createSocket(chosen, four.port())) {
            assertThat(HappyEyeballsTest.greeting(socket)).isEqualTo("127.0.0.1");
        }
        InetAddress other = InetAddress.getByAddress("db.example", FOUR.getAddress());
        try (Greeter four = Greeter.at(FOUR, 0);
                Greeter six = Greeter.at(SIX, four.port());
                Socket socket = FACTORY.createSocket(other, six.port())) {
            assertThat(HappyEyeballsTest.greeting(socket)).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void anAddressWithoutNameIsTheOnlyOneTried() throws Exception {
        try (Greeter four = Greeter.at(FOUR, 0)) {
            assertThatThrownBy(() -> FACTORY.createSocket(SIX, four.port()))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("[::1]:" + four.port());
        }
    }

    /** Trap 44: what was set before the connect holds for the winner. */
    @Test
    void optionsSetBeforeTheConnectAreTheWinners() throws Exception {
        try (Greeter four = Greeter.at(FOUR, 0);
                Silence six = new Silence(SIX, four.port());
                Socket socket = FACTORY.createSocket()) {
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.setSoTimeout(1234);
            socket.setSoLinger(true, 7);
            socket.setReuseAddress(true);
            socket.setOOBInline(true);
            socket.setTrafficClass(0x10);
            socket.setReceiveBufferSize(20_000);
            socket.setOption(StandardSocketOptions.SO_SNDBUF, 30_000);
            int receive = socket.getReceiveBufferSize();
            int send = socket.getSendBufferSize();
            assertThat(socket.getTcpNoDelay()).as("told before the connect").isTrue();
            socket.connect(InetSocketAddress.createUnresolved("db.example", six.port()), 10_000);
            assertThat(socket.getTcpNoDelay()).isTrue();
            assertThat(socket.getKeepAlive()).isTrue();
            assertThat(socket.getSoTimeout()).isEqualTo(1234);
            assertThat(socket.getSoLinger()).isEqualTo(7);
            assertThat(socket.getReuseAddress()).isTrue();
            assertThat(socket.getOOBInline()).isTrue();
            assertThat(socket.getTrafficClass()).isEqualTo(0x10);
            assertThat(socket.getReceiveBufferSize()).isEqualTo(receive);
            assertThat(socket.getOption(StandardSocketOptions.SO_SNDBUF)).isEqualTo(send);
            socket.setSoLinger(false, 0);
            assertThat(socket.getSoLinger()).isEqualTo(-1);
        }
    }

    @Test
    void aLocalAddressSetBeforeTheConnectIsKept() throws Exception {
        try (Greeter four = Greeter.at(FOUR, 0);
                Socket socket =
                        FACTORY.createSocket("db.example", four.port(), HappyEyeballsTest.address("127.0.0.2"), 0)) {
            assertThat(socket.getLocalAddress()).isEqualTo(HappyEyeballsTest.address("127.0.0.2"));
            assertThat(HappyEyeballsTest.greeting(socket)).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void theSocketIsAnOrdinaryOneThen() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 10, SIX);
                Socket socket = FACTORY.createSocket("db.example", server.getLocalPort());
                Socket peer = server.accept()) {
            socket.getOutputStream().write("there".getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            assertThat(peer.getInputStream().readAllBytes()).asString().isEqualTo("there");
            socket.setSoTimeout(50);
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            peer.getOutputStream().write("back".getBytes(StandardCharsets.US_ASCII));
            peer.shutdownOutput();
            assertThat(socket.getInputStream().readAllBytes()).asString().isEqualTo("back");
            assertThatThrownBy(() -> socket.connect(new InetSocketAddress(SIX, 1)))
                    .isInstanceOf(SocketException.class);
        }
    }

    @Test
    void closingEndsAConnectThatWaits() throws Exception {
        try (Silence six = new Silence(SIX, 0)) {
            Socket socket = FACTORY.createSocket();
            FutureTask<Void> connecting = new FutureTask<>(() -> {
                assertThatThrownBy(() -> socket.connect(new InetSocketAddress(SIX, six.port())))
                        .isInstanceOf(SocketException.class)
                        .hasMessage("Socket closed");
                return null;
            });
            Thread thread = new Thread(connecting, "caller");
            thread.start();
            while (!HappyEyeballsTest.waitsInSelector(thread)) {
                Thread.onSpinWait();
            }
            socket.close();
            connecting.get();
        }
    }

    @Test
    void afterAFailedConnectTheSocketIsClosed() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Socket socket = FACTORY.createSocket();
        assertThatThrownBy(() -> socket.connect(InetSocketAddress.createUnresolved("db.example", port), 1000))
                .isInstanceOf(ConnectException.class)
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(2));
        assertThat(socket.isClosed()).isTrue();
    }

    @Test
    void badInputIsASentence() throws IOException {
        try (Socket socket = FACTORY.createSocket()) {
            assertThatThrownBy(() -> socket.connect(InetSocketAddress.createUnresolved("db.example", 0)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("The port must be from 1 to 65535, but is 0.");
            assertThatThrownBy(() -> socket.connect(InetSocketAddress.createUnresolved("db.example", 1), -1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The timeout must not be negative, but is -1 ms. Give 0 for none.");
        }
    }

    /** As pgjdbc and the JNDI provider for LDAP find it. */
    @Test
    void aClassNameIsEnough() throws Exception {
        Class<?> named = Class.forName("dev.v6.net.HappyEyeballsSocketFactory");
        assertThat(named.getConstructor().newInstance()).isInstanceOf(SocketFactory.class);
        assertThat(named.getMethod("getDefault").invoke(null)).isInstanceOf(SocketFactory.class);
    }
}
