// SPDX-License-Identifier: Apache-2.0
package dev.v6.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.v6.Family;
import dev.v6.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration SHORT = Duration.ofMillis(200);

    private final AtomicInteger connections = new AtomicInteger();
    private ServerSocket server;

    @AfterEach
    void stop() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void bytesAreProof(String address) throws IOException {
        InetSocketAddress target = serve(address, client -> {
            client.getInputStream().read();
            client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        });

        ProbeResult result = Probe.tcp(target, Exchange.HTTP, TIMEOUT);

        assertThat(result.outcome()).isEqualTo(Outcome.OK);
        assertThat(result.accepted()).isTrue();
        assertThat(result.detail()).isEqualTo("answered HTTP/1.1 200 OK");
        assertThat(result.family()).isEqualTo(address.contains(":") ? Family.IPV6 : Family.IPV4);
        assertThat(result.local()).isNotNull();
        assertThat(result.toJson()).containsEntry("outcome", "ok").containsEntry("address", address);
    }

    @Test
    void aBannerIsProofWithoutSendingAnything() throws IOException {
        InetSocketAddress target =
                serve("127.0.0.1", client -> client.getOutputStream().write('+'));

        assertThat(Probe.tcp(target, Exchange.LISTEN, TIMEOUT).outcome()).isEqualTo(Outcome.OK);
    }

    @Test
    void acceptedThenClosedIsNotReachable() throws IOException {
        InetSocketAddress target = serve("127.0.0.1", client -> {});

        ProbeResult result = Probe.tcp(target, Exchange.LISTEN, TIMEOUT);

        assertThat(result.outcome()).isEqualTo(Outcome.CLOSED_EARLY);
        assertThat(result.accepted()).isTrue();
        assertThat(result.detail()).isEqualTo("accepted, then closed without a byte");
    }

    @Test
    void acceptedThenResetIsNotReachable() throws IOException {
        InetSocketAddress target = serve("127.0.0.1", client -> {
            client.getInputStream().read();
            client.setSoLinger(true, 0);
        });

        ProbeResult result = Probe.tcp(target, Exchange.HTTP, TIMEOUT);

        assertThat(result.outcome()).isEqualTo(Outcome.CLOSED_EARLY);
        assertThat(result.detail()).isEqualTo("accepted, then reset without a byte");
    }

    @Test
    void acceptedByTheKernelAloneIsNotReachable() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1")); // nobody calls accept()
        InetSocketAddress target = (InetSocketAddress) server.getLocalSocketAddress();

        ProbeResult result = Probe.tcp(target, Exchange.HTTP, SHORT);

        assertThat(result.outcome()).isEqualTo(Outcome.TIMEOUT);
        assertThat(result.accepted()).isTrue();
        assertThat(result.took()).isGreaterThanOrEqualTo(SHORT.minusMillis(20));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void nobodyListeningIsRefused(String address) throws IOException {
        InetSocketAddress target;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName(address))) {
            target = (InetSocketAddress) free.getLocalSocketAddress();
        }

        ProbeResult result = Probe.tcp(target, Exchange.HTTP, TIMEOUT);

        assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(result.accepted()).isFalse();
        assertThat(result.local()).isNull();
    }

    @Test
    void aNameIsNotATarget() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Probe.tcp(InetSocketAddress.createUnresolved("db", 1), Exchange.HTTP, TIMEOUT))
                .withMessage("db is a name. Look it up first: a probe tries one address.");
    }

    @Test
    void theHostHeaderCarriesBracketsAndNoZone() throws IOException {
        InetSocketAddress scoped = new InetSocketAddress(InetAddress.getByName("fe80::1%1"), 80);
        String request = new String(Exchange.HTTP.request(scoped), StandardCharsets.US_ASCII);
        assertThat(request).contains("\r\nHost: [fe80::1]:80\r\n");
    }

    @Test
    void aLoopGoesOnUntilTheServiceIsUp() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            server = free;
        }
        InetSocketAddress target = new InetSocketAddress("127.0.0.1", server.getLocalPort());
        BlockingQueue<ProbeResult> results = new LinkedBlockingQueue<>();
        try (ProbeLoop loop = ProbeLoop.start(List.of(target), TIMEOUT, results::add)) {
            assertThat(results.poll(10, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.REFUSED);
            listen("127.0.0.1", target.getPort(), client -> client.getOutputStream()
                    .write('+'));
            assertThat(results.poll(10, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.OK);
            assertThat(loop.await(TIMEOUT)).isTrue();
        }
    }

    @Test
    void afterAnEarlyCloseALoopTriesWithoutSending() throws Exception {
        InetSocketAddress target = serve("127.0.0.1", client -> {
            InputStream in = client.getInputStream();
            client.setSoTimeout(100);
            try {
                in.read(); // closes on whoever speaks first
            } catch (java.net.SocketTimeoutException quiet) {
                client.getOutputStream().write("220 ready".getBytes(StandardCharsets.US_ASCII));
            }
        });
        BlockingQueue<ProbeResult> results = new LinkedBlockingQueue<>();
        try (ProbeLoop loop = ProbeLoop.start(List.of(target), TIMEOUT, results::add)) {
            assertThat(results.poll(10, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.CLOSED_EARLY);
            assertThat(results.poll(10, TimeUnit.SECONDS).detail()).isEqualTo("answered 220 ready");
            assertThat(loop.await(TIMEOUT)).isTrue();
        }
    }

    @Test
    void aClosedLoopEndsAtOnce() throws Exception {
        server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
        ProbeLoop loop = ProbeLoop.start(
                List.of((InetSocketAddress) server.getLocalSocketAddress()), Duration.ofHours(1), r -> {});
        server.accept().getInputStream().read(); // the attempt is under way and waits for an answer
        loop.close();
        assertThat(loop.await(TIMEOUT)).isTrue();
    }

    @Test
    void handshakeAloneWaitsForNothing() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            InetSocketAddress target = new InetSocketAddress(silent.getInetAddress(), silent.getLocalPort());

            ProbeResult result = Probe.brief(target, Exchange.LISTEN, Duration.ofSeconds(10), Duration.ZERO);
            assertThat(result.accepted()).isTrue();
            assertThat(result.detail()).isEqualTo("accepted");

            ProbeResult patient = Probe.brief(target, Exchange.LISTEN, Duration.ofSeconds(10), Duration.ofMillis(30));
            assertThat(patient.outcome()).isEqualTo(Outcome.TIMEOUT);
            assertThat(patient.detail()).isEqualTo("accepted, then not a byte in 30 ms");
        }
    }

    @Test
    void aHeldConnectionStaysOpenAfterTheAnswer() throws Exception {
        BlockingQueue<Long> ends = new LinkedBlockingQueue<>();
        InetSocketAddress target = serve("127.0.0.1", client -> {
            InputStream in = client.getInputStream();
            client.getOutputStream().write('+');
            long answered = System.nanoTime();
            while (in.read() >= 0) {} // to the end of the stream
            ends.add(System.nanoTime() - answered);
        });

        Probe.held(target, Exchange.LISTEN, TIMEOUT, SHORT);

        assertThat(Duration.ofNanos(ends.take())).isGreaterThanOrEqualTo(SHORT.minusMillis(20));
    }

    private InetSocketAddress serve(String address, Session session) throws IOException {
        return listen(address, 0, session);
    }

    private InetSocketAddress listen(String address, int port, Session session) throws IOException {
        ServerSocket listening = new ServerSocket(port, 50, InetAddress.getByName(address));
        server = listening;
        Thread thread = new Thread(() -> {
            while (!listening.isClosed()) {
                try (Socket client = listening.accept()) {
                    connections.incrementAndGet();
                    session.talk(client);
                } catch (IOException e) {
                    if (!listening.isClosed() && connections.get() == 0) {
                        throw new UncheckedIOException(e);
                    }
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
        return (InetSocketAddress) listening.getLocalSocketAddress();
    }

    /** What the server does with one connection before it closes it. */
    private interface Session {
        void talk(Socket client) throws IOException;
    }
}
