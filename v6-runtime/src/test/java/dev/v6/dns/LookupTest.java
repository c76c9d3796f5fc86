// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import static dev.v6.dns.FakeWire.after;
import static dev.v6.dns.FakeWire.alias;
import static dev.v6.dns.FakeWire.answers;
import static dev.v6.dns.FakeWire.none;
import static dev.v6.dns.FakeWire.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.v6.Family;
import dev.v6.Finding;
import dev.v6.FindingCode;
import dev.v6.Literal;
import dev.v6.dns.Outcome.Kind;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The way of a name, with a clock that jumps: what is asked of whom and when, and what comes of it. */
class LookupTest {
    private static final InetAddress V6 = address("2001:db8::80");
    private static final InetAddress V4 = address("198.18.0.80");
    private static final String UP = "2001:db8::53";
    private static final String UP2 = "198.18.0.53";
    private static final String EMBEDDED = "127.0.0.11";

    private final FakeWire wire = new FakeWire();
    private String conf = "nameserver 127.0.0.11\n";
    private String named = UP;
    private Roster roster;

    private static InetAddress address(String text) {
        return Objects.requireNonNull(Literal.parse(text));
    }

    @BeforeEach
    void servers() {
        wire.server(EMBEDDED, question -> says(Reply.Kind.NO_NAME));
        wire.server(UP, question -> says(Reply.Kind.NO_NAME));
        wire.server(UP2, question -> says(Reply.Kind.NO_NAME));
    }

    private static FakeWire.Said both(Question question) {
        return answers(300, question.family() == Family.IPV6 ? V6 : V4);
    }

    private Lookup begin(String name) {
        if (roster == null) {
            ResolvConf parsed = ResolvConf.parse(conf, Path.of("resolv.conf"), ResolvEnvironment.BARE);
            roster = new Roster(wire, Server.parse(named), List.of("shop.local"), parsed);
        }
        Lookup lookup = new Lookup(name, Duration.ofSeconds(10), true, UnaryOperator.identity());
        lookup.begin(wire, roster);
        return lookup;
    }

    private Outcome lookup(String name) {
        Lookup lookup = begin(name);
        wire.advance(Duration.ofSeconds(10));
        assertThat(lookup.whole()).isDone();
        return lookup.whole().join();
    }

    private static List<InetAddress> addresses(Outcome outcome) {
        List<InetAddress> all = new ArrayList<>(outcome.resolution().ipv6());
        all.addAll(outcome.resolution().ipv4());
        return all;
    }

    @Test
    void bothFamiliesAreAskedAtOnceAndAaaaFirst() {
        wire.server(UP, LookupTest::both);
        Outcome outcome = lookup("www.test");
        assertThat(addresses(outcome)).containsExactly(V6, V4);
        assertThat(outcome.keep()).isEqualTo(Duration.ofMinutes(5));
        assertThat(wire.log()).containsExactly("0 2001:db8::53 AAAA www.test", "0 2001:db8::53 A www.test");
    }

    @Test
    void whatServersSaidThatAreNotTheOnesAnyMoreIsNotKept() {
        wire.server(UP, question -> after(1000, both(question)));
        Lookup lookup = begin("www.test");
        wire.advance(Duration.ofMillis(500));
        roster.update(ResolvConf.parse("nameserver 198.18.0.53\n", Path.of("resolv.conf"), ResolvEnvironment.BARE));
        wire.advance(Duration.ofSeconds(10));

        Outcome outcome = lookup.whole().join();
        assertThat(addresses(outcome)).containsExactly(V6, V4);
        assertThat(outcome.keep()).isZero();
    }

    @Test
    void aNameWithoutADotIsTheEmbeddedDnssFirst() {
        wire.server(EMBEDDED, LookupTest::both);
        Outcome outcome = lookup("db");
        assertThat(addresses(outcome)).containsExactly(V6, V4);
        assertThat(wire.log()).containsExactly("0 127.0.0.11 AAAA db", "0 127.0.0.11 A db");
        assertThat(outcome.keep()).as("containers move").isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aDomainThatTheUserListsIsTheEmbeddedDnssFirst() {
        wire.server(EMBEDDED, LookupTest::both);
        lookup("db.shop.local");
        lookup("shop.local");
        lookup("workshop.local");
        assertThat(wire.log())
                .startsWith("0 127.0.0.11 AAAA db.shop.local")
                .contains("10000 127.0.0.11 AAAA shop.local", "20000 2001:db8::53 AAAA workshop.local");
    }

    @ParameterizedTest
    @EnumSource(
            value = Reply.Kind.class,
            names = {"NO_NAME", "NO_DATA", "SERVFAIL", "REFUSED", "LAME", "OTHER", "CLOSED", "NO_ROUTE"})
    void whatTheFirstSideDoesNotHaveTheOtherIsAsked(Reply.Kind kind) {
        wire.server(UP, question -> says(kind));
        wire.server(EMBEDDED, LookupTest::both);
        Outcome outcome = lookup("web.backend");
        assertThat(addresses(outcome)).containsExactly(V6, V4);
        assertThat(wire.log()).contains("1 127.0.0.11 AAAA web.backend", "1 127.0.0.11 A web.backend");
    }

    @Test
    void aNameFoundAtTheEmbeddedDnsIsAskedThereFirstTheNextTime() {
        wire.server(EMBEDDED, LookupTest::both);
        lookup("web.backend");
        int before = wire.log().size();
        lookup("web.backend");
        assertThat(wire.log().subList(before, before + 2))
                .containsExactly("10000 127.0.0.11 AAAA web.backend", "10000 127.0.0.11 A web.backend");
    }

    @Test
    void aSilentUpstreamIsNotWaitedForAboveASecond() {
        wire.server(UP, question -> null);
        wire.server(EMBEDDED, LookupTest::both);
        Outcome outcome = lookup("www.test");
        assertThat(addresses(outcome)).containsExactly(V6, V4);
        assertThat(outcome.resolution().steps()).last().satisfies(step -> assertThat(step.at())
                .isEqualTo(Duration.ofMillis(1001)));
    }

    @Test
    void aLostDatagramIsAskedAgainEarlyAndTheOthersTurnComes() {
        named = UP + "," + UP2;
        wire.server(UP, question -> null);
        wire.server(UP2, LookupTest::both);
        assertThat(addresses(lookup("www.test"))).containsExactly(V6, V4);
        assertThat(wire.log())
                .containsExactly(
                        "0 2001:db8::53 AAAA www.test",
                        "0 2001:db8::53 A www.test",
                        "250 198.18.0.53 AAAA www.test",
                        "250 198.18.0.53 A www.test");
    }

    @Test
    void withoutAnotherServerTheSameIsAskedAgainLaterAndLater() {
        conf = "";
        AtomicInteger asked = new AtomicInteger();
        wire.server(
                UP,
                question -> question.family() == Family.IPV4 || asked.incrementAndGet() < 4 ? null : both(question));
        Lookup lookup = begin("www.test");
        wire.advance(Duration.ofMillis(1800));
        assertThat(lookup.part(Family.IPV6)).isCompletedWithValue(List.of(V6));
        assertThat(wire.log().stream().filter(line -> line.contains("AAAA")))
                .containsExactly(
                        "0 2001:db8::53 AAAA www.test",
                        "250 2001:db8::53 AAAA www.test",
                        "750 2001:db8::53 AAAA www.test tcp",
                        "750 2001:db8::53 AAAA www.test");
    }

    @Test
    void whereDatagramsAreLostTheAnswerComesByTcp() {
        conf = "";
        wire.server(UP, question -> question.tcp() ? both(question) : null);
        Lookup lookup = begin("www.test");
        wire.advance(Duration.ofMillis(751));
        assertThat(addresses(lookup.whole().join())).containsExactly(V6, V4);
    }

    @Test
    void aServerThatDoesNotServeTcpIsAskedOnByDatagram() {
        conf = "";
        AtomicInteger asked = new AtomicInteger();
        wire.server(UP, question -> {
            if (question.tcp()) {
                return says(Reply.Kind.CLOSED);
            }
            return question.family() == Family.IPV4 || asked.incrementAndGet() < 4 ? null : both(question);
        });
        assertThat(lookup("www.test").resolution().ipv6()).containsExactly(V6);
    }

    @Test
    void aLateReplyToTheFirstAskingStillCounts() {
        conf = "";
        AtomicInteger asked = new AtomicInteger();
        wire.server(UP, question -> asked.getAndIncrement() < 2 ? after(2000, both(question)) : null);
        Outcome outcome = lookup("www.test");
        assertThat(addresses(outcome)).containsExactly(V6, V4);
        assertThat(outcome.resolution().steps()).last().satisfies(step -> assertThat(step.at())
                .isEqualTo(Duration.ofSeconds(2)));
    }

    /** Trap 32: NXDOMAIN for AAAA of a name that has an A means that there is no AAAA. */
    @ParameterizedTest
    @EnumSource(
            value = Reply.Kind.class,
            names = {"NO_NAME", "NO_DATA"})
    void trap32NoAaaaHidesNoAAndNobodyElseIsAsked(Reply.Kind kind) {
        wire.server(UP, question -> question.family() == Family.IPV6 ? says(kind) : answers(60, V4));
        Outcome outcome = lookup("www.test");
        assertThat(addresses(outcome)).containsExactly(V4);
        assertThat(outcome.unsettled()).isEmpty();
        assertThat(wire.log()).noneMatch(line -> line.contains(EMBEDDED));
    }

    @Test
    void aFailingAaaaIsAskedElsewhereAndTheAIsThereMeanwhile() {
        wire.server(UP, question -> question.family() == Family.IPV6 ? says(Reply.Kind.SERVFAIL) : answers(60, V4));
        wire.server(EMBEDDED, question -> after(500, both(question)));
        Lookup lookup = begin("www.test");
        wire.advance(Duration.ofMillis(2));
        assertThat(lookup.part(Family.IPV4)).isCompletedWithValue(List.of(V4));
        assertThat(lookup.whole()).isNotDone();
        wire.advance(Duration.ofSeconds(1));
        assertThat(addresses(lookup.whole().join())).containsExactly(V6, V4);
        assertThat(wire.log()).noneMatch(line -> line.contains("127.0.0.11 A www"));
    }

    @Test
    void aSilentAaaaDelaysTheAForTwoSecondsAtMost() {
        wire.server(UP, question -> question.family() == Family.IPV6 ? null : answers(600, V4));
        wire.server(EMBEDDED, question -> null);
        Lookup lookup = begin("www.test");
        wire.advance(Duration.ofMillis(2002));
        Outcome outcome = lookup.whole().join();
        assertThat(addresses(outcome)).containsExactly(V4);
        assertThat(outcome.unsettled()).containsExactly(Family.IPV6);
        assertThat(outcome.keep()).isEqualTo(Duration.ofSeconds(30));
        assertThat(lookup.part(Family.IPV6)).isCompletedExceptionally();
    }

    @Test
    void aFamilyThatIsLostIsAskedForWithoutPausing() {
        AtomicInteger asked = new AtomicInteger();
        wire.server(
                UP,
                question -> question.family() == Family.IPV6 && asked.incrementAndGet() < 7 ? null : both(question));
        Lookup lookup = begin("www.test");
        wire.advance(Duration.ofMillis(1600));
        assertThat(addresses(lookup.whole().join())).containsExactly(V6, V4);
    }

    @Test
    void theEmbeddedDnsThatIsSilentForTheOutsideStaysTheFirstForItsOwn() {
        wire.server(UP, question -> says(Reply.Kind.NO_NAME));
        wire.server(EMBEDDED, question -> question.name().equals("db") ? both(question) : null);
        for (int i = 0; i < 5; i++) {
            lookup("n" + i + ".test");
        }
        wire.server(UP, question -> null);
        Lookup lookup = begin("db");
        wire.advance(Duration.ofMillis(2));
        assertThat(lookup.whole()).isDone();
    }

    @Test
    void aServerThatRefusesSomeNamesIsAskedForOthers() {
        wire.server(UP, question -> question.name().equals("www.test") ? both(question) : says(Reply.Kind.REFUSED));
        for (int i = 0; i < 5; i++) {
            lookup("n" + i + ".test");
        }
        assertThat(addresses(lookup("www.test"))).containsExactly(V6, V4);
    }

    @Test
    void whileTheEnginesServerIsUnprovenItIsBetterThanToGiveUp() {
        named = "";
        conf = "nameserver 127.0.0.11\n# ExtServers: [" + UP + "]";
        wire.server(UP, question -> after(2000, both(question)));
        wire.server(EMBEDDED, question -> says(Reply.Kind.REFUSED));
        assertThat(addresses(lookup("www.test"))).containsExactly(V6, V4);
    }

    @Test
    void aMissingNameIsKeptAsLongAsTheUpstreamSays() {
        wire.server(UP, question -> none(Reply.Kind.NO_NAME, 40));
        Outcome outcome = lookup("no.test");
        assertThat(outcome.kind()).isEqualTo(Kind.MISSING);
        assertThat(outcome.keep()).isEqualTo(Duration.ofSeconds(40));
        assertThat(outcome.why())
                .isEqualTo("'no.test' has no address: 2001:db8::53 knows no such name, 127.0.0.11 knows no such name."
                        + " Check the name.");
    }

    @Test
    void withoutTheZonesWordAMissingNameIsNotKept() {
        assertThat(lookup("no.test").keep()).isZero();
    }

    @Test
    void theEmbeddedDnsHasASecondToAddToAMissingName() {
        wire.server(UP, question -> none(Reply.Kind.NO_NAME, 40));
        wire.server(EMBEDDED, question -> null);
        Lookup lookup = begin("no.test");
        wire.advance(Duration.ofMillis(1002));
        assertThat(lookup.whole().join().kind()).isEqualTo(Kind.MISSING);
    }

    /** Trap 27: whatever 127.0.0.11 says under load is neither final nor kept. */
    @Test
    void underLoadTheEmbeddedDnsRefusesAndAnswersAMomentLater() {
        AtomicInteger asked = new AtomicInteger();
        wire.server(EMBEDDED, question -> asked.getAndIncrement() < 2 ? says(Reply.Kind.REFUSED) : both(question));
        wire.server(UP, question -> says(Reply.Kind.SERVFAIL));
        assertThat(addresses(lookup("db"))).containsExactly(V6, V4);
    }

    @Test
    void whenAllFailItSaysWhoAndHow() {
        wire.server(UP, question -> null);
        wire.server(EMBEDDED, question -> says(Reply.Kind.SERVFAIL));
        Outcome outcome = lookup("www.test");
        assertThat(outcome.kind()).isEqualTo(Kind.FAILED);
        assertThat(outcome.keep()).isZero();
        assertThat(outcome.why())
                .isEqualTo(
                        "'www.test' could not be looked up: 127.0.0.11 fails (SERVFAIL), 2001:db8::53 does not answer."
                                + " Check that these servers are up and reachable.");
    }

    /** Trap 28: time-outs do not multiply. */
    @Test
    void noLookupGoesOnBeyondItsTime() {
        wire.server(UP, question -> null);
        wire.server(EMBEDDED, question -> null);
        Lookup lookup = begin("www.test");
        wire.advance(Duration.ofSeconds(10));
        assertThat(lookup.whole()).isDone();
        assertThat(lookup.part(Family.IPV6)).isCompletedExceptionally();
    }

    @Test
    void aTruncatedAnswerIsAskedForByTcp() {
        wire.server(UP, question -> question.tcp() ? both(question) : says(Reply.Kind.TRUNCATED));
        assertThat(addresses(lookup("big.test"))).containsExactly(V6, V4);
        assertThat(wire.log()).contains("1 2001:db8::53 AAAA big.test tcp", "1 2001:db8::53 A big.test tcp");
    }

    @Test
    void whereNobodyIsThereByTcpAPartIsBetterThanNothing() {
        conf = "";
        wire.server(
                UP,
                question -> question.tcp()
                        ? says(Reply.Kind.CLOSED)
                        : new FakeWire.Said(
                                Duration.ofMillis(1),
                                new Reply(
                                        Reply.Kind.TRUNCATED,
                                        Server.parse(UP).get(0),
                                        List.of(question.family() == Family.IPV6 ? V6 : V4),
                                        Duration.ofSeconds(60),
                                        "")));
        assertThat(addresses(lookup("big.test"))).containsExactly(V6, V4);
    }

    @Test
    void aServerWithoutEdnsIsAskedWithout() {
        wire.server(UP, question -> question.edns() ? says(Reply.Kind.FORMERR) : both(question));
        assertThat(addresses(lookup("www.test"))).containsExactly(V6, V4);
        assertThat(wire.log()).contains("1 2001:db8::53 AAAA www.test plain");
    }

    @Test
    void anAliasThatTheServerLeavesOpenIsFollowed() {
        wire.server(UP, question -> question.name().equals("end.test") ? both(question) : alias("end.test"));
        Outcome outcome = lookup("www.test");
        assertThat(addresses(outcome)).containsExactly(V6, V4);
        assertThat(outcome.keep()).as("the alias holds for less").isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void aCircleOfAliasesEnds() {
        conf = "";
        wire.server(UP, question -> alias(question.name().equals("a.test") ? "b.test" : "a.test"));
        assertThat(lookup("a.test").kind()).isEqualTo(Kind.FAILED);
        assertThat(wire.log()).hasSizeLessThan(30);
    }

    /** Trap 28. */
    @Test
    void domainsAreSearchedAsGlibcDoes() {
        conf = "nameserver 127.0.0.11\nsearch a.test b.test\noptions ndots:2";
        wire.server(UP, question -> question.name().equals("www.b.test") ? both(question) : says(Reply.Kind.NO_NAME));
        Outcome outcome = lookup("www");
        assertThat(outcome.resolution().name()).isEqualTo("www.b.test");
        assertThat(wire.log().stream().filter(line -> line.contains(UP + " AAAA")))
                .containsExactly("0 2001:db8::53 AAAA www.a.test", "2 2001:db8::53 AAAA www.b.test");
    }

    @Test
    void aDomainWhoseServersAreSilentEndsTheSearchAndTheNameItselfComesLast() {
        conf = "search a.test b.test\noptions ndots:2";
        wire.server(UP, question -> question.name().equals("www.a.test") ? null : both(question));
        Lookup lookup = begin("www");
        wire.advance(Duration.ofSeconds(10));
        assertThat(wire.log()).noneMatch(line -> line.contains("b.test"));
        assertThat(lookup.whole()).isDone();
    }

    @Test
    void aServerThatIsSilentThreeTimesIsSetAsideAndComesBack() {
        wire.server(UP, question -> null);
        wire.server(EMBEDDED, LookupTest::both);
        lookup("a.test");
        lookup("b.test");
        assertThat(wire.log())
                .contains("10000 127.0.0.11 AAAA b.test")
                .doesNotContain("10000 2001:db8::53 AAAA b.test");
        assertThat(roster.findings())
                .extracting(Finding::code, Finding::evidence)
                .contains(tuple(
                        FindingCode.UPSTREAM_OUT_OF_REACH, "2001:db8::53, named in v6.dns.servers, does not answer."));
        wire.server(UP, LookupTest::both);
        wire.advance(Duration.ofMinutes(2));
        lookup("c.test");
        lookup("d.test");
        assertThat(wire.log()).last().asString().contains("2001:db8::53 A d.test");
        assertThat(roster.findings()).isEmpty();
    }

    @Test
    void anUpstreamWithoutARouteIsNotAskedASecondTime() {
        wire.server(UP, question -> says(Reply.Kind.NO_ROUTE));
        wire.server(EMBEDDED, LookupTest::both);
        lookup("a.test");
        int before = wire.log().size();
        lookup("b.test");
        assertThat(wire.log().subList(before, wire.log().size())).noneMatch(line -> line.contains(UP));
    }

    @Test
    void theEnginesServerIsAskedOnceAndThenCounts() {
        named = "";
        conf = "nameserver 127.0.0.11\n# ExtServers: [host(" + UP + ")]";
        wire.server(UP, LookupTest::both);
        ResolvConf parsed = ResolvConf.parse(conf, Path.of("resolv.conf"), ResolvEnvironment.BARE);
        roster = new Roster(wire, List.of(), List.of(), parsed);
        AtomicInteger proved = new AtomicInteger();
        roster.begin(proved::incrementAndGet);
        wire.advance(Duration.ofMillis(2));
        assertThat(proved).hasValue(1);
        lookup("www.test");
        assertThat(wire.log()).contains("2 2001:db8::53 AAAA www.test");
    }

    @Test
    void theEnginesServerThatIsSilentIsFoundOutAndTakenUpWhenItAnswers() {
        named = "";
        conf = "nameserver 127.0.0.11\n# ExtServers: [host(" + UP + ")]";
        wire.server(UP, question -> null);
        wire.server(EMBEDDED, LookupTest::both);
        ResolvConf parsed = ResolvConf.parse(conf, Path.of("resolv.conf"), ResolvEnvironment.BARE);
        roster = new Roster(wire, List.of(), List.of(), parsed);
        roster.begin(() -> {});
        wire.advance(Duration.ofSeconds(4));
        assertThat(roster.upstreamKnown()).isFalse();
        lookup("a.test");
        assertThat(wire.log()).noneMatch(line -> line.contains(UP));
        wire.server(UP, LookupTest::both);
        wire.advance(Duration.ofMinutes(1));
        roster.lookAgain();
        wire.advance(Duration.ofMillis(2));
        roster.lookAgain();
        assertThat(roster.upstreamKnown()).isTrue();
    }

    @Test
    void theEmbeddedDnsThatFailsForAaaaIsAFinding() {
        wire.server(
                EMBEDDED, question -> question.family() == Family.IPV6 ? says(Reply.Kind.SERVFAIL) : answers(9, V4));
        wire.server(UP, LookupTest::both);
        assertThat(addresses(lookup("www"))).containsExactly(V6, V4);
        assertThat(roster.findings()).extracting(Finding::code).containsExactly(FindingCode.EMBEDDED_NO_AAAA);
    }

    @Test
    void noAaaaAsksForNone() {
        conf = "options no-aaaa";
        wire.server(UP, LookupTest::both);
        assertThat(addresses(lookup("www.test"))).containsExactly(V4);
        assertThat(wire.log()).containsExactly("0 2001:db8::53 A www.test");
    }

    @Test
    void singleRequestAsksOneFamilyAfterTheOtherAndUseVcByTcp() {
        conf = "options single-request use-vc";
        wire.server(UP, LookupTest::both);
        assertThat(addresses(lookup("www.test"))).containsExactly(V6, V4);
        assertThat(wire.log()).containsExactly("0 2001:db8::53 AAAA www.test tcp", "1 2001:db8::53 A www.test tcp");
    }

    @Test
    void aBurstWaitsInLineAndIsServedInOrder() {
        conf = "";
        wire.server(UP, question -> after(10, both(question)));
        List<Lookup> lookups = new ArrayList<>();
        for (int i = 0; i < 512; i++) {
            lookups.add(begin("n" + i + ".test"));
        }
        assertThat(wire.log()).hasSize(Peer.MOST_UNDER_WAY);
        wire.advance(Duration.ofMillis(10 * 2 * 512 / Peer.MOST_UNDER_WAY));
        assertThat(lookups).allMatch(lookup -> lookup.whole().isDone());
        assertThat(wire.log().stream()
                        .filter(line -> line.contains("AAAA"))
                        .map(line -> line.substring(line.lastIndexOf(' ') + 1)))
                .containsExactlyElementsOf(
                        IntStream.range(0, 512).mapToObj(i -> "n" + i + ".test").toList());
    }

    @Test
    void aSilentServerDoesNotHoldTheLineUp() {
        conf = "";
        named = UP + "," + UP2;
        wire.server(UP, question -> null);
        wire.server(UP2, LookupTest::both);
        List<Lookup> lookups = new ArrayList<>();
        for (int i = 0; i < 512; i++) {
            lookups.add(begin("n" + i + ".test"));
        }
        wire.advance(Duration.ofMillis(300));
        assertThat(lookups).allMatch(lookup -> lookup.whole().isDone());
    }
}
