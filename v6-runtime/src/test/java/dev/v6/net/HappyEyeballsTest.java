// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.v6.Family;
import dev.v6.Literal;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** With the real connector, over loopback. */
@Timeout(60)
class HappyEyeballsTest {
    private static final InetAddress FOUR = Family.IPV4.loopback();
    private static final InetAddress SIX = Family.IPV6.loopback();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration SOON = Duration.ofMillis(300);

    private static final Names BOTH = host -> Names.Answers.of(List.of(FOUR, SIX));
    private static final HappyEyeballs EYEBALLS =
            HappyEyeballs.builder().names(BOTH).build();

    @Test
    void ipv6WinsWhereBothAnswer() throws Exception {
        try (Greeter four = Greeter.at(FOUR, 0);
                Greeter six = Greeter.at(SIX, four.port());
                Socket socket = EYEBALLS.socket("db.example", four.port(), TIMEOUT)) {
            assertThat(greeting(socket)).isEqualTo("::1");
            assertThat(six.accepted()).isOne();
            assertThat(four.accepted()).isZero();
        }
    }

    @Test
    void whereOneFamilyRefusesTheOtherWins() throws Exception {
        try (Greeter four = Greeter.at(FOUR, 0);
                SocketChannel channel = EYEBALLS.channel("db.example", four.port(), TIMEOUT)) {
            assertThat(channel.isBlocking()).isTrue();
            assertThat(greeting(channel.socket())).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void whereOneFamilyIsSilentTheOtherWins() throws Exception {
        try (Greeter four = Greeter.at(FOUR, 0);
                Silence six = new Silence(SIX, four.port());
                Socket socket = EYEBALLS.socket("db.example", six.port(), TIMEOUT)) {
            assertThat(greeting(socket)).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void literalsInAnyFormAreConnectedTo() throws Exception {
        try (Greeter six = Greeter.at(SIX, 0)) {
            for (String host : List.of("::1", "[::1]", "0:0:0:0:0:0:0:1", "[0000::0001]")) {
                try (Socket socket = HappyEyeballs.connect(host, six.port(), TIMEOUT)) {
                    assertThat(greeting(socket)).isEqualTo("::1");
                }
            }
            try (Socket socket = HappyEyeballs.connect("[::1]:" + six.port(), TIMEOUT)) {
                assertThat(greeting(socket)).isEqualTo("::1");
            }
        }
    }

    @Test
    void theNamesOfTheHostsFileAreKnownByDefault() throws Exception {
        try (Greeter four = Greeter.at(FOUR, 0);
                SocketChannel channel = HappyEyeballs.connectChannel("localhost", four.port(), TIMEOUT)) {
            assertThat(greeting(channel.socket())).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void whenAllRefuseEachIsSuppressedInOrder() throws Exception {
        int port = freePort();
        assertThatThrownBy(() -> EYEBALLS.socket("db.example", port, TIMEOUT))
                .isInstanceOf(ConnectException.class)
                .hasMessageMatching("No connection to db.example port " + port + ": "
                        + "::1 Connection refused \\([0-9.]+ to [0-9.]+ ms\\); "
                        + "127.0.0.1 Connection refused \\([0-9.]+ to [0-9.]+ ms\\)\\. .*")
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(2).hasOnlyElementsOfType(ConnectException.class));
    }

    @Test
    void theDeadlineHoldsWhereAllAreSilent() throws Exception {
        try (Silence six = new Silence(SIX, 0)) {
            assertThatThrownBy(() -> HappyEyeballs.connect("::1", six.port(), SOON))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessageContaining("::1 no answer (");
        }
    }

    /** Also on a thread of the JDK's look-up, which nothing can end. */
    @Test
    void theDeadlineHoldsWhereTheLookUpHangs() throws Exception {
        CompletableFuture<Void> test = new CompletableFuture<>();
        ExecutorService threads = Executors.newCachedThreadPool();
        Names hangs = new JdkNames(
                host -> {
                    test.join();
                    throw new UnknownHostException(host);
                },
                threads,
                System::nanoTime,
                Duration.ZERO);
        HappyEyeballs eyeballs = HappyEyeballs.builder().names(hangs).build();
        assertThatThrownBy(() -> eyeballs.socket("db.example", 80, SOON))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessageContaining("The look-up of db.example gave no answer within 300.0 ms.");
        test.complete(null);
        threads.shutdown();
    }

    @Test
    void aNameWithoutAddressIsUnknown() {
        HappyEyeballs eyeballs = HappyEyeballs.builder()
                .names(host -> Names.Answers.of(List.of()))
                .build();
        assertThatThrownBy(() -> eyeballs.socket("db.example", 80, TIMEOUT))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageStartingWith("The name db.example has no address.");
    }

    @Test
    void aWaitingCallerCanBeInterruptedAndStaysSo() throws Exception {
        try (Silence six = new Silence(SIX, 0)) {
            FutureTask<Boolean> connecting = new FutureTask<>(() -> {
                assertThatThrownBy(() -> HappyEyeballs.connect("::1", six.port(), Duration.ofMinutes(1)))
                        .isInstanceOf(InterruptedIOException.class)
                        .isNotInstanceOf(SocketTimeoutException.class);
                return Thread.currentThread().isInterrupted();
            });
            Thread thread = new Thread(connecting, "caller");
            thread.start();
            while (thread.getState() != Thread.State.RUNNABLE || !waitsInSelector(thread)) {
                Thread.onSpinWait();
            }
            thread.interrupt();
            assertThat(connecting.get()).isTrue();
        }
    }

    /** Trap 43: a TCP winner says nothing of what is behind it. */
    @Test
    void aValidationTakesTheWinFromAProxyWithNothingBehindIt() throws Exception {
        HappyEyeballs eyeballs = HappyEyeballs.builder()
                .names(BOTH)
                .validate(HappyEyeballsTest::readsAByte)
                .build();
        try (Greeter four = Greeter.at(FOUR, 0);
                Greeter six = Greeter.mute(SIX, four.port())) {
            try (Socket socket = eyeballs.socket("db.example", four.port(), TIMEOUT)) {
                assertThat(socket.getInetAddress()).isEqualTo(FOUR);
            }
            assertThat(six.accepted()).isOne();
            try (SocketChannel channel = eyeballs.channel("db.example", four.port(), TIMEOUT)) {
                assertThat(channel.socket().getInetAddress()).isEqualTo(FOUR);
            }
            assertThat(six.accepted()).as("remembered: IPv4 goes first now").isOne();
        }
    }

    @Test
    void aValidationThatHangsLetsTheNextAttemptStart() throws Exception {
        HappyEyeballs eyeballs = HappyEyeballs.builder()
                .names(BOTH)
                .validate(HappyEyeballsTest::readsAByte)
                .build();
        try (Greeter four = Greeter.at(FOUR, 0);
                ServerSocket silent = new ServerSocket(four.port(), 10, SIX);
                Socket socket = eyeballs.socket("db.example", silent.getLocalPort(), TIMEOUT)) {
            assertThat(socket.getInetAddress()).isEqualTo(FOUR);
            try (Socket loser = silent.accept()) {
                assertThat(loser.getInputStream().read())
                        .as("the loser is closed")
                        .isEqualTo(-1);
            }
        }
    }

    /** Trap 44: through a proxy it is the proxy's addresses that race, and the target is never looked up. */
    @Test
    void throughAProxyTheProxysAddressesRace() throws Exception {
        List<String> lookedUp = new CopyOnWriteArrayList<>();
        HappyEyeballs eyeballs = HappyEyeballs.builder()
                .names(host -> {
                    lookedUp.add(host);
                    return BOTH.lookup(host);
                })
                .validate(HappyEyeballsTest::asksTheProxyForTheTarget)
                .build();
        try (ServerSocket proxy = new ServerSocket(0, 10, FOUR);
                Greeter deadProxy = Greeter.mute(SIX, proxy.getLocalPort())) {
            FutureTask<String> asked = new FutureTask<>(() -> {
                try (Socket client = proxy.accept()) {
                    String line = greeting(client);
                    client.getOutputStream()
                            .write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    return line;
                }
            });
            new Thread(asked, "proxy").start();
            try (Socket socket = eyeballs.socket("proxy.example", deadProxy.port(), TIMEOUT)) {
                assertThat(socket.getInetAddress()).isEqualTo(FOUR);
            }
            assertThat(asked.get()).isEqualTo("CONNECT db.example:5432 HTTP/1.1");
            assertThat(lookedUp).containsExactly("proxy.example");
        }
    }

    private static Socket asksTheProxyForTheTarget(Socket proxy) throws IOException {
        proxy.getOutputStream()
                .write("CONNECT db.example:5432 HTTP/1.1\r\nHost: db.example:5432\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        String status = greeting(proxy);
        if (status == null || !status.startsWith("HTTP/1.1 200")) {
            throw new ConnectException("The proxy said " + status);
        }
        return proxy;
    }

    /** Trap 41: losers are closed, also those that complete after the winner. */
    @Test
    void nothingStaysOpenWhateverTheEnd() throws Exception {
        try (Greeter four = Greeter.at(FOUR, 0);
                Silence six = new Silence(SIX, four.port())) {
            int closed = freePort();
            HappyEyeballs fast = HappyEyeballs.builder()
                    .names(BOTH)
                    .attemptDelay(Duration.ofMillis(10))
                    .build();
            int before = 0;
            for (int i = 0; i < 30; i++) {
                if (i == 1) {
                    before = descriptors(); // by now the JDK has those that it keeps
                }
                HappyEyeballs forgetful = HappyEyeballs.builder()
                        .names(BOTH)
                        .attemptDelay(Duration.ofMillis(10))
                        .build();
                forgetful.socket("db.example", six.port(), TIMEOUT).close();
                assertThatThrownBy(() -> fast.socket("db.example", closed, TIMEOUT))
                        .isInstanceOf(IOException.class);
                assertThatThrownBy(() -> fast.socket("::1", six.port(), Duration.ofMillis(20)))
                        .isInstanceOf(IOException.class);
            }
            long end = System.nanoTime() + TIMEOUT.toNanos();
            while (descriptors() > before && System.nanoTime() < end) {
                Thread.onSpinWait(); // the server has yet to close its ends
            }
            assertThat(descriptors()).isLessThanOrEqualTo(before);
        }
    }

    @ParameterizedTest
    @MethodSource
    void manyThreadsConnectAtOnce(ExecutorService threads) throws Exception {
        connectOnThreads(threads);
    }

    /** Virtual threads as well, where this JVM has them (JDK 21). */
    static List<ExecutorService> manyThreadsConnectAtOnce() throws ReflectiveOperationException {
        List<ExecutorService> kinds = new ArrayList<>(List.of(Executors.newFixedThreadPool(50)));
        if (Runtime.version().feature() >= 21) {
            kinds.add((ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null));
        }
        return kinds;
    }

    /** Half of them to a silent address, so that they wait in the selector; more of them than there are carriers. */
    private static void connectOnThreads(ExecutorService threads) throws Exception {
        try (Greeter four = Greeter.at(FOUR, 0);
                Silence six = new Silence(SIX, four.port())) {
            List<Callable<String>> tasks = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                boolean remembers = i % 2 == 0;
                tasks.add(() -> {
                    HappyEyeballs own = remembers
                            ? EYEBALLS
                            : HappyEyeballs.builder().names(BOTH).build();
                    try (Socket socket = own.socket("db.example", six.port(), TIMEOUT)) {
                        return greeting(socket);
                    }
                });
            }
            for (Future<String> greeting : threads.invokeAll(tasks)) {
                assertThat(greeting.get()).isEqualTo("127.0.0.1");
            }
        } finally {
            threads.shutdown();
        }
    }

    private static Socket readsAByte(Socket socket) throws IOException {
        if (socket.getInputStream().read() < 0) {
            throw new EOFException("closed without a byte");
        }
        return socket;
    }

    static String greeting(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)).readLine();
    }

    static boolean waitsInSelector(Thread thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getClassName().equals(ChannelConnector.class.getName())
                    && frame.getMethodName().equals("await")) {
                return true;
            }
        }
        return false;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static int descriptors() {
        String[] open = new File("/proc/self/fd").list();
        return open == null ? 0 : open.length;
    }

    static InetAddress address(String text) {
        return Literal.parse(text);
    }
}
