// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlarmsTest {
    private static final Duration SHORT = Duration.ofSeconds(100);
    private static final Duration LONG = Duration.ofSeconds(200);

    private final Alarms alarms = new Alarms();
    private final List<String> rung = new ArrayList<>();
    private final long start = System.nanoTime();

    private Wire.Alarm set(Duration delay, String name) {
        return alarms.set(delay, () -> rung.add(name));
    }

    private void runAt(Duration sinceStart) {
        alarms.run(start + sinceStart.toNanos(), Runnable::run);
    }

    @Test
    void eachRingsOnceWhenItIsDue() {
        set(LONG, "long");
        set(SHORT, "first");
        set(SHORT, "second");

        runAt(SHORT.minusSeconds(1));
        assertThat(rung).isEmpty();
        runAt(SHORT.plusSeconds(1));
        assertThat(rung).containsExactly("first", "second");
        runAt(LONG.plusSeconds(1));
        runAt(LONG.plusSeconds(2));
        assertThat(rung).containsExactly("first", "second", "long");
    }

    @Test
    void whatIsCancelledDoesNotRing() {
        Wire.Alarm first = set(SHORT, "first");
        set(SHORT, "second");
        Wire.Alarm third = set(SHORT, "third");

        first.cancel();
        third.cancel();
        runAt(LONG);

        assertThat(rung).containsExactly("second");
    }

    @Test
    void nextIsTheEarliestThatIsNotCancelled() {
        assertThat(alarms.nanosToNext(start)).isEqualTo(Long.MAX_VALUE);

        Wire.Alarm early = set(SHORT, "early");
        set(LONG, "late");
        long now = System.nanoTime();
        assertThat(alarms.nanosToNext(now)).isBetween(SHORT.minusSeconds(10).toNanos(), SHORT.toNanos());

        early.cancel();
        assertThat(alarms.nanosToNext(now)).isGreaterThan(SHORT.toNanos());
    }

    @Test
    void aTaskMaySetAnother() {
        alarms.set(SHORT, () -> set(LONG, "later"));
        runAt(SHORT.plusSeconds(1));
        runAt(LONG.multipliedBy(2));

        assertThat(rung).containsExactly("later");
    }
}
