// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On loopback itself: 127.0.0.2 stands for an address that others reach. */
@Timeout(30)
class LoopbackBridgeTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final InetAddress outside = address("127.0.0.2");
    private ServerSocket service;
    private volatile Socket held;
    private int port;

    @BeforeEach
    void serve() throws IOException {
        service = new ServerSocket(0, 50, address("127.0.0.1"));
        port = service.getLocalPort();
    }

    @AfterEach
    void stop() throws IOException {
        service.close();
        if (held != null) {
            held.close();
        }
        threads.shutdownNow();
    }

    private LoopbackBridgeBuilder bridge() {
        return LoopbackBridge.to(port).at(outside);
    }

    @Test
    void whatIsSentArrivesAndEachHalfIsClosedForItself() throws Exception {
        byte[] much = new byte[5_000_000];
        new Random(1).nextBytes(much);
        CompletableFuture<byte[]> heard = accepted(connection -> {
            byte[] all = connection.getInputStream().readAllBytes(); // until the client has said all
            connection.getOutputStream().write(all);
            connection.shutdownOutput();
            return all;
        });

        try (LoopbackBridge bridge = bridge().open();
                Socket client = new Socket(outside, port)) {
            assertThat(bridge.listensOn()).containsExactly(new InetSocketAddress(outside, port));
            threads.execute(() -> {
                try {
                    client.getOutputStream().write(much);
                    client.shutdownOutput();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });

            assertThat(client.getInputStream().readAllBytes()).isEqualTo(much);
            assertThat(heard.get(10, TimeUnit.SECONDS)).isEqualTo(much);
            await(() -> bridge.connections() == 0);
        }
    }

    @Test
    void aReaderThatDoesNotReadHoldsTheWriterBack() throws Exception {
        CompletableFuture<Socket> held = accepted(connection -> connection);
        try (LoopbackBridge bridge = bridge().open();
                Socket client = new Socket(outside, port)) {
            Socket silent = held.get(10, TimeUnit.SECONDS);
            CompletableFuture<Long> written = CompletableFuture.supplyAsync(() -> push(client), threads);

            await(() -> stuck(written, client));

            silent.close();
            assertThat(written.get(10, TimeUnit.SECONDS)).isLessThan(64L << 20); // kernel buffers and one of ours
            await(() -> bridge.connections() == 0);
        }
    }

    @Test
    void aResetIsPassedOnAsAReset() throws Exception {
        CompletableFuture<Void> broken = accepted(connection -> {
            connection.getInputStream().read();
            connection.setSoLinger(true, 0);
            connection.close();
            return null;
        });
        try (LoopbackBridge bridge = bridge().open();
                Socket client = new Socket(outside, port)) {
            client.getOutputStream().write(1);

            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
            await(() -> bridge.connections() == 0);
            assertThat(broken).isCompleted();
        }
    }

    @Test
    void whileTheServiceIsAwayClientsAreRefusedAndLaterServedAgain() throws Exception {
        try (LoopbackBridge bridge = bridge().open()) {
            service.close();
            assertThatThrownBy(() -> {
                        try (Socket first = new Socket(outside, port)) {
                            first.getInputStream().read();
                            throw new SocketException("ended, as a proxy with nobody behind it does");
                        }
                    })
                    .isInstanceOf(SocketException.class)
                    .hasMessageNotContaining("as a proxy");
            await(() -> bridge.listensOn().isEmpty());
            assertThatThrownBy(() -> new Socket(outside, port)).isInstanceOf(ConnectException.class);

            service = new ServerSocket(port, 50, address("127.0.0.1"));
            await(() -> !bridge.listensOn().isEmpty());
            CompletableFuture<Integer> heard =
                    accepted(connection -> connection.getInputStream().read());
            try (Socket client = new Socket(outside, port)) {
                client.getOutputStream().write(7);
                assertThat(heard.get(10, TimeUnit.SECONDS)).isEqualTo(7);
            }
        }
    }

    @Test
    void aServiceThatComesLaterIsBridgedWhenItIsThere() throws Exception {
        service.close();
        try (LoopbackBridge bridge = bridge().open()) {
            assertThat(bridge.listensOn()).isEmpty();

            service = new ServerSocket(port, 50, address("127.0.0.1"));

            await(() -> !bridge.listensOn().isEmpty());
        }
    }

    @Test
    void connectionsBeyondTheBoundAreResetAndTheOthersStay() throws Exception {
        holdOne();
        try (LoopbackBridge bridge = bridge().maxConnections(1).open();
                Socket first = new Socket(outside, port)) {
            await(() -> bridge.connections() == 1);
            try (Socket second = new Socket(outside, port)) {
                assertThatThrownBy(() -> second.getInputStream().read()).isInstanceOf(SocketException.class);
            }
            assertThat(bridge.refused()).isEqualTo(1);
            assertThat(bridge.connections()).isEqualTo(1);
            assertThat(first.isConnected()).isTrue();
        }
    }

    @Test
    void idleConnectionsEnd() throws Exception {
        holdOne();
        try (LoopbackBridge bridge =
                        bridge().idleTimeout(Duration.ofMillis(100)).open();
                Socket client = new Socket(outside, port)) {
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
            assertThat(bridge.connections()).isZero();
        }
    }

    @Test
    void theProxyProtocolTellsTheServiceWhoCalls() throws Exception {
        CompletableFuture<byte[]> heard =
                accepted(connection -> connection.getInputStream().readNBytes(29));
        try (LoopbackBridge bridge = bridge().proxyProtocol().open();
                Socket client = new Socket(outside, port)) {
            client.getOutputStream().write('!');
            byte[] bytes = heard.get(10, TimeUnit.SECONDS);

            assertThat(bridge.connections()).isEqualTo(1);
            assertThat(Arrays.copyOf(bytes, 16))
                    .isEqualTo(new byte[] {13, 10, 13, 10, 0, 13, 10, 'Q', 'U', 'I', 'T', 10, 0x21, 0x11, 0, 12});
            ByteBuffer addresses = ByteBuffer.wrap(bytes, 16, 13);
            assertThat(addresses.getInt())
                    .isEqualTo(ByteBuffer.wrap(client.getLocalAddress().getAddress())
                            .getInt());
            assertThat(addresses.getInt()).isEqualTo(0x7f000002);
            assertThat(addresses.getShort() & 0xffff).isEqualTo(client.getLocalPort());
            assertThat(addresses.getShort() & 0xffff).isEqualTo(port);
            assertThat(addresses.get()).isEqualTo((byte) '!');
        }
    }

    @Test
    void closingEndsItsThreadAndItsConnections() throws Exception {
        holdOne();
        LoopbackBridge bridge = bridge().open();
        try (Socket client = new Socket(outside, port)) {
            await(() -> bridge.connections() == 1);
            bridge.close();

            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
            assertThatThrownBy(() -> new Socket(outside, port)).isInstanceOf(ConnectException.class);
            assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().equals("v6-bridge-" + port));
        }
    }

    @Test
    void anAddressWhosePortIsTakenIsSaidWithItsHolder() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, outside)) {
            assertThatThrownBy(() -> bridge().on(taken.getLocalPort()).open())
                    .isInstanceOf(DualStackException.class)
                    .hasMessageContaining("(process " + ProcessHandle.current().pid() + ", ");
        }
    }

    @Test
    void manyHeldBackFlowsTakeLittleMemory() {
        BridgeBuffers buffers = new BridgeBuffers(1);
        long bytes = 0;
        for (int i = 0; i < 1000; i++) {
            bytes += buffers.take().capacity();
        }
        assertThat(bytes).isLessThan(16L << 20);
    }

    @Test
    void badInputIsASentenceWithWhatToDo() {
        assertThatThrownBy(() -> LoopbackBridge.to(0))
                .hasMessage("0 is no port of a bridge. Name one from 1 to 65535.");
        assertThatThrownBy(() -> LoopbackBridge.to(80).on(65536)).hasMessageStartingWith("65536 is no port");
        assertThatThrownBy(() -> LoopbackBridge.to(new InetSocketAddress("192.0.2.1", 80)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("A bridge leads to loopback and nowhere else, and 192.0.2.1 is not loopback.");
        assertThatThrownBy(() -> LoopbackBridge.to(InetSocketAddress.createUnresolved("no.such.name.invalid", 80)))
                .hasMessageStartingWith("The name no.such.name.invalid has no address here.");
        assertThatThrownBy(() -> LoopbackBridge.to(new InetSocketAddress("127.0.0.1", 80))
                        .at(address("127.0.0.1"))
                        .open())
                .isInstanceOf(BindException.class)
                .hasMessageStartingWith("A bridge at 127.0.0.1:80 would lead to itself.");
        assertThatThrownBy(() -> LoopbackBridge.to(80).at(address("192.0.2.7")).open())
                .isInstanceOf(BindException.class)
                .hasMessageStartingWith("No interface here has the address 192.0.2.7.");
        assertThatThrownBy(() -> LoopbackBridge.to(80).maxConnections(0)).hasMessageContaining("Name 1 or more");
        assertThatThrownBy(() -> LoopbackBridge.to(80).idleTimeout(Duration.ZERO))
                .hasMessageContaining("positive");
    }

    /** Takes a connection and keeps it. */
    private void holdOne() {
        threads.execute(() -> {
            try {
                held = service.accept();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private <T> CompletableFuture<T> accepted(Work<T> work) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return work.with(service.accept());
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                },
                threads);
    }

    private static long push(Socket client) {
        long written = 0;
        byte[] block = new byte[1 << 16];
        try {
            while (written < 256L << 20) {
                client.getOutputStream().write(block);
                written += block.length;
            }
        } catch (IOException reset) {
            return written;
        }
        return written;
    }

    /** Whether the writer has been blocked for a while: it neither ended nor is it about to. */
    private static boolean stuck(CompletableFuture<Long> written, Socket client) {
        try {
            written.get(500, TimeUnit.MILLISECONDS);
            throw new IllegalStateException("the writer was not held back on " + client);
        } catch (java.util.concurrent.TimeoutException blocked) {
            return true;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("still waiting").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (java.net.UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private interface Work<T> {
        T with(Socket connection) throws IOException;
    }
}
