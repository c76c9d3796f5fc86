// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.v6.AddressText;
import dev.v6.Family;
import dev.v6.Finding;
import dev.v6.net.Names;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against real servers on loopback. */
@RequiresNameServers
class BypassResolverTest {
    private static final UnaryOperator<List<String>> HERE = UnaryOperator.identity();
    private static final Duration LONG = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    private final AtomicLong now = new AtomicLong(1_000_000_000);

    private NameServers servers;
    private Path hosts;
    private Path conf;

    @BeforeEach
    void files() throws Exception {
        servers = new NameServers(directory);
        hosts = Files.writeString(directory.resolve("hosts"), "198.18.0.7 seven Seven.test\n2001:db8::7 seven\n");
        conf = Files.writeString(directory.resolve("resolv.conf"), "options ndots:1\n");
    }

    private void aSecondLater() {
        now.addAndGet(Duration.ofMillis(1001).toNanos());
    }

    @AfterEach
    void stop() throws Exception {
        servers.close();
    }

    private BypassResolverBuilder builder(String list) {
        return BypassResolver.builder()
                .servers(list)
                .embeddedDomains("")
                .resolvConf(conf)
                .hosts(hosts);
    }

    private static List<String> text(InetAddress[] addresses) {
        return Arrays.stream(addresses).map(AddressText::of).toList();
    }

    private int dnsmasq(String... options) throws Exception {
        int port = NameServers.freePort();
        servers.dnsmasq(HERE, "::1", port, options);
        return port;
    }

    @Test
    void aDualNameAnAaaaOnlyNameAndAChainOfAliasesHaveTheirAddresses() throws Exception {
        int port = dnsmasq(
                "host-record=dual.test,198.18.0.80,2001:db8::80",
                "host-record=six.test,2001:db8::66",
                "cname=a.test,b.test",
                "cname=b.test,dual.test",
                "local=/test/");
        try (BypassResolver resolver = builder("[::1]:" + port).build()) {
            assertThat(text(resolver.getAllByName("dual.test"))).containsExactly("198.18.0.80", "2001:db8::80");
            assertThat(text(resolver.getAllByName("SIX.test."))).containsExactly("2001:db8::66");
            assertThat(text(resolver.getAllByName("a.test"))).containsExactly("198.18.0.80", "2001:db8::80");
            assertThatThrownBy(() -> resolver.getAllByName("none.test"))
                    .isInstanceOf(UnknownHostException.class)
                    .hasMessage("'none.test' has no address: [::1]:" + port + " knows no such name. Check the name.");
        }
    }

    /** Trap 31: /etc/hosts goes first. */
    @Test
    void hostsAndDigitsAreNotAskedFor() throws Exception {
        try (BypassResolver resolver = builder("198.18.255.1").build()) {
            assertThat(text(resolver.getAllByName("SEVEN"))).containsExactly("198.18.0.7", "2001:db8::7");
            assertThat(text(resolver.getAllByName("seven.test."))).containsExactly("198.18.0.7");
            assertThat(text(resolver.getAllByName("[2001:db8::9]"))).containsExactly("2001:db8::9");
            assertThat(text(resolver.getAllByName("x.localhost"))).containsExactly("127.0.0.1", "::1");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a..test",
                ".test",
                ".",
                "",
                "sp ace.test",
                "1.2.3",
                "1.2.3.400",
                "a\\b.test",
                "nul\u0000.test",
                "\ud800.test"
            })
    void aNameThatNobodyCanHaveIsUnknown(String name) throws Exception {
        try (BypassResolver resolver = builder("198.18.255.1").build()) {
            assertThatThrownBy(() -> resolver.getAllByName(name))
                    .isInstanceOf(UnknownHostException.class)
                    .message()
                    .endsWith(".");
        }
    }

    @Test
    void labelsAndNamesHaveTheirBounds() throws Exception {
        String label = "a".repeat(63);
        int port = dnsmasq("address=/" + label + ".test/198.18.0.80", "local=/test/");
        try (BypassResolver resolver = builder("[::1]:" + port).build()) {
            assertThat(text(resolver.getAllByName(label + ".test"))).containsExactly("198.18.0.80");
            assertThatThrownBy(() -> resolver.getAllByName("a" + label + ".test"))
                    .isInstanceOf(UnknownHostException.class)
                    .hasMessageContaining("63 characters at most");
            assertThatThrownBy(() -> resolver.getAllByName("a.".repeat(126) + "test"))
                    .isInstanceOf(UnknownHostException.class)
                    .hasMessageContaining("1 to 253 characters");
        }
    }

    @Test
    void namesOfOtherScriptsAreAskedForInAscii() throws Exception {
        int port = dnsmasq("host-record=xn--bcher-kva.test,198.18.0.80", "local=/test/");
        try (BypassResolver resolver = builder("[::1]:" + port).build()) {
            assertThat(text(resolver.getAllByName("b\u00fccher.test"))).containsExactly("198.18.0.80");
        }
    }

    /** Trap 30: a truncated answer is asked for again. */
    @Test
    void trap30ABigAnswerComesWholeByTcp() throws Exception {
        String records = IntStream.range(0, 90)
                .mapToObj(i -> "big IN AAAA 2001:db8::" + Integer.toHexString(0x1000 + i))
                .collect(Collectors.joining("\n", zoneHead("test"), "\n"));
        int port = NameServers.freePort();
        servers.bind(HERE, "::1", port, "test", records);
        try (BypassResolver resolver = builder("[::1]:" + port).build()) {
            Resolution big = resolver.resolve("big.test", LONG);
            assertThat(big.ipv6()).hasSize(90); // BIND takes 100 of a kind
            assertThat(big.steps()).extracting(Step::asked).contains("AAAA big.test", "AAAA big.test by TCP");
        }
    }

    private static String zoneHead(String zone) {
        return "$TTL 60\n@ IN SOA ns." + zone + ". root." + zone + ". 1 60 60 60 30\n@ IN NS ns\nns IN AAAA ::1\n";
    }

    @Test
    void aMissingNameIsKeptAsTheZoneSaysAndAskedOnce() throws Exception {
        int port = NameServers.freePort();
        Process bind = servers.bind(HERE, "::1", port, "test", zoneHead("test"));
        try (BypassResolver resolver = builder("[::1]:" + port).build()) {
            assertThatThrownBy(() -> resolver.getAllByName("none.test")).hasMessageContaining("knows no such name");
            NameServers.stop(bind);
            assertThatThrownBy(() -> resolver.getAllByName("none.test")).hasMessageContaining("knows no such name");
        }
    }

    @Test
    void unboundForwardsAndIsAskedLikeAnyOther() throws Exception {
        int authority = dnsmasq("host-record=dual.test,198.18.0.80,2001:db8::80", "local=/test/");
        int port = NameServers.freePort();
        servers.unbound(
                HERE,
                "127.0.0.1",
                port,
                "do-not-query-localhost: no\nlocal-zone: \"test.\" nodefault",
                "forward-zone:\n  name: \"test.\"\n  forward-addr: ::1@" + authority);
        try (BypassResolver resolver = builder("127.0.0.1:" + port).build()) {
            assertThat(text(resolver.getAllByName("dual.test"))).containsExactly("198.18.0.80", "2001:db8::80");
        }
    }

    @Test
    void aServerThatIsDownIsFoundOutAtOnceAndTheNextAnswers() throws Exception {
        int down = NameServers.freePort();
        int port = dnsmasq("host-record=dual.test,198.18.0.80,2001:db8::80");
        try (BypassResolver resolver =
                builder("[::1]:" + down + ",[::1]:" + port).build()) {
            Resolution dual = resolver.resolve("dual.test", LONG);
            assertThat(dual.ipv6()).hasSize(1);
            assertThat(dual.steps().get(dual.steps().size() - 1).at()).isLessThan(Duration.ofMillis(200));
            assertThat(resolver.findings())
                    .extracting(Finding::evidence)
                    .containsExactly("[::1]:" + down + ", named in v6.dns.servers, does not answer.");
        }
    }

    @Test
    void aServerWithoutARouteDelaysNobody() throws Exception {
        int port = dnsmasq("host-record=dual.test,198.18.0.80,2001:db8::80");
        // No interface of this number: the kernel knows at once that nothing leads there.
        try (BypassResolver resolver = builder("255.255.255.255,[::1]:" + port).build()) {
            assertThat(resolver.resolve("dual.test", LONG).ipv6()).hasSize(1);
        }
    }

    @Test
    void anOldAnswerServesWhenEveryServerIsDown() throws Exception {
        int port = NameServers.freePort();
        Process server = servers.dnsmasq(HERE, "::1", port, "host-record=dual.test,198.18.0.80,2001:db8::80,1");
        try (BypassResolver resolver = builder("[::1]:" + port).build(now::get)) {
            assertThat(resolver.resolve("dual.test", LONG).stale()).isFalse();
            NameServers.stop(server);
            aSecondLater();
            Resolution old = resolver.resolve("dual.test", LONG);
            assertThat(old.stale()).isTrue();
            assertThat(old.ipv6()).hasSize(1);
        }
    }

    @Test
    void withoutServeStaleAnAnswerEndsWithItsTime() throws Exception {
        int port = NameServers.freePort();
        Process server = servers.dnsmasq(HERE, "::1", port, "host-record=dual.test,198.18.0.80,2001:db8::80,1");
        try (BypassResolver resolver =
                builder("[::1]:" + port).staleFor(Duration.ZERO).build(now::get)) {
            assertThat(resolver.resolve("dual.test", LONG).stale()).isFalse();
            NameServers.stop(server);
            aSecondLater();
            assertThatThrownBy(() -> resolver.resolve("dual.test", LONG)).hasMessageContaining("is not running");
        }
    }

    @Test
    void anotherResolvConfCountsASecondLater() throws Exception {
        int first = dnsmasq("host-record=dual.test,198.18.0.80,2001:db8::80");
        try (BypassResolver resolver = builder("[::1]:" + first).build(now::get)) {
            assertThatThrownBy(() -> resolver.getAllByName("dual")).isInstanceOf(UnknownHostException.class);
            Files.writeString(conf, "search test\n");
            aSecondLater();
            assertThat(text(resolver.getAllByName("dual"))).containsExactly("198.18.0.80", "2001:db8::80");
        }
    }

    /** Trap 31: a container's /etc/hosts changes while it runs. */
    @Test
    void anotherHostsFileCountsASecondLater() throws Exception {
        try (BypassResolver resolver = builder("198.18.255.1").build(now::get)) {
            assertThat(text(resolver.getAllByName("seven"))).containsExactly("198.18.0.7", "2001:db8::7");
            Files.writeString(hosts, "2001:db8::77 seven eight\n");
            aSecondLater();
            assertThat(text(resolver.getAllByName("seven"))).containsExactly("2001:db8::77");
            assertThat(text(resolver.getAllByName("eight"))).containsExactly("2001:db8::77");
        }
    }

    @Test
    void aCallersOwnDeadlineIsKept() throws Exception {
        try (NameServers.Silent silent = new NameServers.Silent(Family.IPV6.loopback());
                BypassResolver resolver = builder("[::1]:" + silent.port()).build()) {
            long began = System.nanoTime();
            assertThatThrownBy(() -> resolver.resolve("slow.test", Duration.ofMillis(600)))
                    .isInstanceOf(UnknownHostException.class)
                    .hasMessageContaining("could not be looked up within");
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
        }
    }

    @Test
    void howeverManyAskANameItIsAskedOnce() throws Exception {
        try (NameServers.Silent silent = new NameServers.Silent(Family.IPV6.loopback());
                BypassResolver resolver = builder("[::1]:" + silent.port()).build()) {
            ExecutorService callers = Executors.newFixedThreadPool(64);
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                all.add(callers.submit(() -> resolver.resolve("once.test", Duration.ofMillis(700))));
            }
            for (Future<?> one : all) {
                assertThatThrownBy(one::get).hasCauseInstanceOf(UnknownHostException.class);
            }
            callers.shutdown();
            Set<String> ids = ConcurrentHashMap.newKeySet();
            for (int i = 0; i < 4; i++) { // localhost, AAAA, A, and AAAA again at the earliest
                DatagramPacket question = silent.receive();
                ids.add(question.getPort() + " " + question.getData()[0] + " " + question.getData()[1]);
            }
            assertThat(ids).hasSize(4);
        }
    }

    @Test
    void repliesWithAWrongIdOrQuestionOrFromElsewhereAreNotTaken() throws Exception {
        try (NameServers.Silent server = new NameServers.Silent(Family.IPV4.loopback());
                NameServers.Silent stranger = new NameServers.Silent(Family.IPV4.loopback());
                BypassResolver resolver = builder("127.0.0.1:" + server.port()).build()) {
            ExecutorService caller = Executors.newSingleThreadExecutor();
            Future<Resolution> answer = caller.submit(() -> resolver.resolve("true.test", LONG));
            for (int left = 2; left > 0; ) {
                DatagramPacket question = server.receive();
                if (!Wires.name(question).equals("true.test")) {
                    continue;
                }
                server.send(Wires.answer(question, 1, "true.test", "198.18.66.66"));
                server.send(Wires.answer(question, 0, "spoof.test", "198.18.66.66"));
                stranger.send(Wires.answer(question, 0, "true.test", "198.18.66.66"));
                server.send(new DatagramPacket(new byte[] {1, 2, 3}, 3, question.getSocketAddress()));
                server.send(Wires.answer(question, 0, "true.test", "198.18.0.80"));
                left--;
            }
            assertThat(answer.get(10, TimeUnit.SECONDS).ipv4())
                    .extracting(AddressText::of)
                    .containsExactly("198.18.0.80");
            caller.shutdown();
        }
    }

    @Test
    void idsAndPortsAreNotToBeGuessed() throws Exception {
        try (NameServers.Silent silent = new NameServers.Silent(Family.IPV6.loopback());
                BypassResolver resolver = builder("[::1]:" + silent.port()).build()) {
            Set<Integer> ids = ConcurrentHashMap.newKeySet();
            Set<Integer> ports = ConcurrentHashMap.newKeySet();
            ExecutorService callers = Executors.newFixedThreadPool(16);
            for (int i = 0; i < 600; i++) {
                String name = "n" + i + ".test";
                var unused = callers.submit(() -> resolver.resolve(name, Duration.ofMillis(100)));
            }
            for (int i = 0; i < 1000; i++) {
                DatagramPacket question = silent.receive();
                ids.add((question.getData()[0] & 0xff) << 8 | (question.getData()[1] & 0xff));
                ports.add(question.getPort());
            }
            callers.shutdownNow();
            assertThat(ids).hasSizeGreaterThan(900);
            assertThat(ports).hasSizeGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void eachFamilyComesWhenItIsThere() throws Exception {
        int port = dnsmasq(
                "host-record=dual.test,198.18.0.80,2001:db8::80", "host-record=four.test,198.18.0.44", "local=/test/");
        try (BypassResolver resolver = builder("[::1]:" + port).build()) {
            Names.Answers dual = resolver.lookup("dual.test");
            assertThat(dual.ipv6().get(10, TimeUnit.SECONDS)).hasSize(1);
            assertThat(dual.ipv4().get(10, TimeUnit.SECONDS)).hasSize(1);
            Names.Answers four = resolver.lookup("four.test");
            assertThat(four.ipv4().get(10, TimeUnit.SECONDS)).hasSize(1);
            assertThat(four.ipv6().get(10, TimeUnit.SECONDS)).isEmpty();
            assertThat(resolver.lookup("none.test").ipv6())
                    .failsWithin(LONG)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(UnknownHostException.class);
        }
    }

    @Test
    void beforeItHasStartedTheLastResortAnswers() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        InetAddress[] given = {Family.IPV6.loopback()};
        try (BypassResolver resolver = new BypassResolver(
                new Settings(
                        Server.parse("198.18.255.1"),
                        List.of(),
                        null,
                        Duration.ZERO,
                        10,
                        host -> {
                            asked.incrementAndGet();
                            return given;
                        },
                        conf,
                        hosts),
                BypassResolverTest::never,
                System::nanoTime)) {
            assertThat(resolver.getAllByName("early.test")).containsExactly(given);
            assertThat(resolver.lookup("early.test").ipv6().get(10, TimeUnit.SECONDS))
                    .containsExactly(given);
            assertThat(asked).hasValue(2);
        }
    }

    @Test
    void whatCannotStartIsToldAtOnce() throws Exception {
        Wire halfThere = new FakeWire() {
            @Override
            public Sent ask(Server server, Question question, Consumer<Reply> to) {
                throw new NoClassDefFoundError("dev/v6/dns/DnsMessage");
            }

            @Override
            public void run(Runnable task) {
                task.run();
            }
        };
        Settings settings =
                new Settings(Server.parse("198.18.255.1"), List.of(), null, Duration.ZERO, 10, null, conf, hosts);
        try (BypassResolver resolver = new BypassResolver(settings, () -> halfThere, System::nanoTime)) {
            assertThatThrownBy(() -> resolver.resolve("any.test", LONG))
                    .isInstanceOf(UnknownHostException.class)
                    .hasMessageContaining("NoClassDefFoundError: dev/v6/dns/DnsMessage. Check that the class path");
        }
    }

    private static Wire never() {
        throw new IllegalStateException("Nothing is loaded here.");
    }

    @Test
    void withoutAnUpstreamTheLastResortAnswersAlone() throws Exception {
        InetAddress[] given = {Family.IPV4.loopback()};
        Files.writeString(conf, "nameserver 127.0.0.11\n");
        try (BypassResolver resolver = builder("").lastResort(host -> given).build()) {
            for (int i = 0; i < 3; i++) {
                assertThat(resolver.getAllByName("any.test")).containsExactly(given);
            }
            assertThat(resolver.findings()).isNotNull();
        }
    }

    @Test
    void afterClosingNobodyWaits() throws Exception {
        try (NameServers.Silent silent = new NameServers.Silent(Family.IPV6.loopback())) {
            BypassResolver resolver = builder("[::1]:" + silent.port()).build();
            ExecutorService caller = Executors.newSingleThreadExecutor();
            Future<?> waiting = caller.submit((Callable<Resolution>) () -> resolver.resolve("slow.test", LONG));
            silent.receive();
            silent.receive();
            resolver.close();
            assertThatThrownBy(() -> waiting.get(5, TimeUnit.SECONDS)).hasMessageContaining("closed");
            assertThatThrownBy(() -> resolver.resolve("other.test", LONG))
                    .isInstanceOf(UnknownHostException.class)
                    .hasMessageContaining("closed");
            caller.shutdown();
        }
    }

    /** Trap 27: what is under way is bounded, so nothing is dropped. */
    @Test
    void aBurstOf512ThreadsLosesNothing() throws Exception {
        int port = dnsmasq("address=/test/198.18.0.80", "address=/test/2001:db8::80");
        try (BypassResolver resolver = builder("[::1]:" + port).build()) {
            ExecutorService callers = Executors.newFixedThreadPool(512);
            List<Future<Resolution>> all = new ArrayList<>();
            for (int i = 0; i < 5120; i++) {
                String name = "n" + i + ".test";
                all.add(callers.submit(() -> resolver.resolve(name, LONG)));
            }
            for (Future<Resolution> one : all) {
                assertThat(one.get(30, TimeUnit.SECONDS).ipv6()).hasSize(1);
                assertThat(one.get().ipv4()).hasSize(1);
            }
            callers.shutdown();
        }
    }
}
