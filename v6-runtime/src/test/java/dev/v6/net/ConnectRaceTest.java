// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.AddressText;
import dev.v6.Literal;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 8305 in a world whose time stands still until there is nothing to do. */
class ConnectRaceTest {
    private static final String SIX = "2001:db8::1";
    private static final String SIX2 = "2001:db8::2";
    private static final String FOUR = "192.0.2.1";
    private static final String FOUR2 = "192.0.2.2";

    private final World world = new World();

    @Test
    void whereTheFirstConnectsAtOnceNothingElseHappens() throws IOException {
        world.ipv6At(0, SIX).ipv4At(0, FOUR).connects(SIX, 0);
        assertThat(winner(1000)).isEqualTo(SIX);
        assertThat(world.events).containsExactly("0 ask", "0 start " + SIX);
    }

    /** Trap 41: a silent attempt lets the next start after 250 ms, not before. */
    @Test
    void aSilentAttemptLetsTheNextStartAfterTheDelay() throws IOException {
        world.ipv6At(0, SIX).ipv4At(0, FOUR).connects(FOUR, 3);
        assertThat(winner(1000)).isEqualTo(FOUR);
        assertThat(world.events).containsExactly("0 ask", "0 start " + SIX, "250 start " + FOUR, "253 abandon " + SIX);
        assertThat(world.open()).isOne();
    }

    @Test
    void anAnswerJustBeforeTheDelayIsOverWinsAlone() throws IOException {
        world.ipv6At(0, SIX).ipv4At(0, FOUR).connects(SIX, 249).connects(FOUR, 0);
        assertThat(winner(1000)).isEqualTo(SIX);
        assertThat(world.events).containsExactly("0 ask", "0 start " + SIX);
    }

    @Test
    void theSlowFirstStillWinsIfItAnswersBeforeTheSecond() throws IOException {
        world.ipv6At(0, SIX).ipv4At(0, FOUR).connects(SIX, 260).connects(FOUR, 20);
        assertThat(winner(1000)).isEqualTo(SIX);
        assertThat(world.events).containsExactly("0 ask", "0 start " + SIX, "250 start " + FOUR, "260 abandon " + FOUR);
    }

    /** Trap 41: after a refusal the next starts at once. */
    @Test
    void aRefusalLetsTheNextStartAtOnce() throws IOException {
        world.ipv6At(0, SIX).ipv4At(0, FOUR).refuses(SIX, 7).connects(FOUR, 1);
        assertThat(winner(1000)).isEqualTo(FOUR);
        assertThat(world.millis()).isEqualTo(8);
    }

    @Test
    void aRefusalOfTheSecondLetsTheThirdStartAtOnceWhileTheFirstIsSilent() throws IOException {
        world.ipv6At(0, SIX, SIX2).ipv4At(0, FOUR).refuses(FOUR, 10).connects(SIX2, 1);
        assertThat(winner(1000)).isEqualTo(SIX2);
        assertThat(world.events)
                .containsExactly(
                        "0 ask",
                        "0 start " + SIX,
                        "250 start " + FOUR,
                        "260 lose " + FOUR,
                        "260 start " + SIX2,
                        "261 abandon " + SIX);
    }

    /** Trap 42: no route is a matter of microseconds. */
    @Test
    void anAttemptThatCannotStartCostsNoTime() throws IOException {
        world.ipv6At(0, SIX).ipv4At(0, FOUR).refuses(SIX, 0).connects(FOUR, 0);
        assertThat(winner(1000)).isEqualTo(FOUR);
        assertThat(world.millis()).isZero();
    }

    @Test
    void ipv6DoesNotWaitForIpv4() throws IOException {
        world.ipv6At(10, SIX).ipv4At(900, FOUR).connects(SIX, 5);
        assertThat(winner(1000)).isEqualTo(SIX);
        assertThat(world.millis()).isEqualTo(15);
    }

    @Test
    void ipv4WaitsForIpv6NoLongerThanTheResolutionDelay() throws IOException {
        world.ipv4At(10, FOUR).connects(FOUR, 5);
        assertThat(winner(1000)).isEqualTo(FOUR);
        assertThat(world.events).containsExactly("0 ask", "60 start " + FOUR);
    }

    @Test
    void ipv6ThatComesWithinTheResolutionDelayGoesFirst() throws IOException {
        world.ipv4At(10, FOUR).ipv6At(59, SIX).connects(SIX, 5).connects(FOUR, 5);
        assertThat(winner(1000)).isEqualTo(SIX);
        assertThat(world.events).containsExactly("0 ask", "59 start " + SIX);
    }

    @Test
    void thatThereIsNoIpv6EndsTheResolutionDelay() throws IOException {
        world.ipv4At(10, FOUR).ipv6At(20).connects(FOUR, 5);
        assertThat(winner(1000)).isEqualTo(FOUR);
        assertThat(world.millis()).isEqualTo(25);
    }

    @Test
    void aFailedLookUpOfOneFamilyDoesNotKeepTheOther() throws IOException {
        world.ipv4At(10, FOUR)
                .ipv6FailsAt(20, new UnknownHostException("SERVFAIL"))
                .connects(FOUR, 5);
        assertThat(winner(1000)).isEqualTo(FOUR);
        assertThat(world.millis()).isEqualTo(25);
    }

    @Test
    void aLateAnswerJoinsAheadOfThoseNotYetTried() throws IOException {
        world.ipv4At(0, FOUR, FOUR2).ipv6At(100, SIX).connects(SIX, 5);
        assertThat(winner(1000)).isEqualTo(SIX);
        assertThat(world.events)
                .containsExactly("0 ask", "50 start " + FOUR, "300 start " + SIX, "305 abandon " + FOUR);
    }

    @Test
    void aLateAnswerIsTriedAtOnceIfAllBeforeHaveFailed() throws IOException {
        world.ipv4At(0, FOUR).ipv6At(400, SIX).refuses(FOUR, 1).connects(SIX, 5);
        assertThat(winner(1000)).isEqualTo(SIX);
        assertThat(world.millis()).isEqualTo(405);
    }

    @Test
    void whatIsGivenIsTriedBeforeAnythingIsLookedUp() throws IOException {
        world.ipv6At(0, SIX).ipv4At(0, FOUR).connects(FOUR, 1);
        assertThat(winner(world.race(1000, World.addresses(FOUR), World::ipv6First)))
                .isEqualTo(FOUR);
        assertThat(world.events).containsExactly("0 start " + FOUR);
    }

    @Test
    void whereWhatIsGivenIsSilentTheRestIsLookedUpAndTriedOnce() throws IOException {
        world.ipv6At(0, SIX).ipv4At(0, FOUR).connects(SIX, 1);
        assertThat(winner(world.race(1000, World.addresses(FOUR), World::ipv6First)))
                .isEqualTo(SIX);
        assertThat(world.events)
                .containsExactly("0 start " + FOUR, "250 ask", "250 start " + SIX, "251 abandon " + FOUR);
    }

    /** Trap 41: one deadline for everything. */
    @Test
    void theDeadlineIsForAllAttemptsTogether() throws IOException {
        world.ipv6At(0, SIX, SIX2).ipv4At(0, FOUR, FOUR2);
        ConnectRace<String> race = world.race(600);
        world.run(race);
        assertThat(world.millis()).isEqualTo(600);
        assertThat(world.open()).isZero();
        IOException failure = ConnectFailure.of(Target.of("db.example", 80), race);
        assertThat(failure)
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessage("No connection to db.example port 80 within 600.0 ms: "
                        + "2001:db8::1 no answer (0.0 to 600.0 ms); "
                        + "192.0.2.1 no answer (250.0 to 600.0 ms); "
                        + "2001:db8::2 no answer (500.0 to 600.0 ms). "
                        + "Check for a firewall that drops packets on the way, or allow more time.");
        assertThat(failure.getSuppressed()).hasSize(3).hasOnlyElementsOfType(SocketTimeoutException.class);
    }

    @Test
    void theDeadlineHoldsForTheLookUpToo() throws IOException {
        ConnectRace<String> race = world.race(600);
        world.run(race);
        assertThat(world.millis()).isEqualTo(600);
        assertThat(ConnectFailure.of(Target.of("db.example", 80), race))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessage("The look-up of db.example gave no answer within 600.0 ms."
                        + " Check the DNS servers in /etc/resolv.conf, or allow more time.");
    }

    @Test
    void whenAllFailEachIsToldInOrderWithItsTimes() throws IOException {
        world.ipv6At(0, SIX).ipv4At(0, FOUR).refuses(SIX, 7).refuses(FOUR, 0);
        ConnectRace<String> race = world.race(1000);
        world.run(race);
        IOException failure = ConnectFailure.of(Target.of("db.example", 80), race);
        assertThat(failure)
                .isInstanceOf(ConnectException.class)
                .hasMessage("No connection to db.example port 80: "
                        + "2001:db8::1 Connection refused (0.0 to 7.0 ms); "
                        + "192.0.2.1 Network is unreachable (7.0 to 7.0 ms). "
                        + "Check that the service listens there, on both families if the name has both.");
        assertThat(failure.getSuppressed())
                .extracting(Throwable::getMessage)
                .containsExactly("Connection refused", "Network is unreachable");
    }

    @Test
    void aNameWithoutAddressIsUnknown() throws IOException {
        UnknownHostException why = new UnknownHostException("nope.example: NXDOMAIN");
        world.ipv6FailsAt(5, why).ipv4FailsAt(5, why);
        ConnectRace<String> race = world.race(1000);
        world.run(race);
        assertThat(world.millis()).isEqualTo(5);
        assertThat(ConnectFailure.of(Target.of("nope.example", 80), race))
                .isInstanceOf(UnknownHostException.class)
                .hasMessage("The name nope.example has no address: look-up: nope.example: NXDOMAIN."
                        + " Check its spelling and the DNS servers in /etc/resolv.conf.")
                .hasSuppressedException(why);
    }

    @Test
    void familiesTakeTurnsInTheOrderThatSortingGave() throws IOException {
        world.ipv6At(0, SIX, SIX2).ipv4At(0, FOUR, FOUR2);
        ConnectRace<String> race = world.race(1100, List.of(), ConnectRaceTest::backwards);
        world.run(race);
        assertThat(race.tried())
                .extracting(one -> AddressText.of(one.address()))
                .containsExactly(FOUR2, SIX2, FOUR, SIX);
    }

    @Test
    void closingInTheMiddleLeavesNothingOpen() throws IOException {
        world.ipv6At(0, SIX).ipv4At(0, FOUR);
        ConnectRace<String> race = world.race(1000);
        assertThat(race.step()).isPositive();
        race.close();
        assertThat(world.open()).isZero();
        assertThat(race.step()).isEqualTo(ConnectRace.DONE);
    }

    private String winner(long timeout) throws IOException {
        return winner(world.race(timeout));
    }

    private String winner(ConnectRace<String> race) throws IOException {
        world.run(race);
        ConnectRace.Winner<String> winner = race.winner();
        assertThat(winner).as("%s", world.events).isNotNull();
        assertThat(winner.address()).isEqualTo(Literal.parse(winner.connection()));
        return winner.connection();
    }

    private static List<InetAddress> backwards(List<InetAddress> found) {
        List<InetAddress> reversed = new ArrayList<>(found);
        Collections.reverse(reversed);
        return reversed;
    }
}
