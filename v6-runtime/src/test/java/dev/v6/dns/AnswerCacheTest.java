// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.Family;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnswerCacheTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final AnswerCache cache = new AnswerCache(3, Duration.ofMinutes(1));

    private static Outcome outcome(String name, Outcome.Kind kind, int seconds) {
        Resolution resolution = kind == Outcome.Kind.FOUND
                ? Resolution.of(name, List.of(Family.IPV6.loopback()), "test")
                : new Resolution(name, List.of(), List.of(), Map.of(), false, List.of());
        return new Outcome(kind, resolution, Set.of(), Duration.ofSeconds(seconds), "");
    }

    private static Outcome found(String name, int seconds) {
        return outcome(name, Outcome.Kind.FOUND, seconds);
    }

    @Test
    void anAnswerHoldsForItsTimeAndServesForAWhileLonger() {
        cache.put("a", found("a", 10), 0);
        assertThat(cache.fresh("a", 10 * SECOND - 1)).isNotNull();
        assertThat(cache.fresh("a", 10 * SECOND)).isNull();
        assertThat(cache.stale("a", 70 * SECOND - 1).resolution().stale()).isTrue();
        assertThat(cache.stale("a", 70 * SECOND)).isNull();
    }

    @Test
    void aMissingNameDoesNotServeLonger() {
        cache.put("a", outcome("a", Outcome.Kind.MISSING, 10), 0);
        assertThat(cache.fresh("a", 9 * SECOND)).isNotNull();
        assertThat(cache.stale("a", 11 * SECOND)).isNull();
    }

    @Test
    void whatIsNotToBeKeptIsNot() {
        cache.put("a", found("a", 10), 0);
        cache.put("a", found("a", 0), 1);
        assertThat(cache.fresh("a", 1)).isNull();
        assertThat(cache.size()).isZero();
    }

    @Test
    void whatCameFirstGoesFirst() {
        for (String name : List.of("a", "b", "a", "c")) {
            cache.put(name, found(name, 10), 0);
        }
        assertThat(cache.fresh("a", 1)).as("put again after b").isNotNull();
        cache.put("d", found("d", 10), 0);
        assertThat(cache.fresh("b", 1)).isNull();
        assertThat(cache.size()).isEqualTo(3);
    }

    @Test
    void aNameThatIsPutOftenPushesNobodyOut() {
        cache.put("a", found("a", 10), 0);
        for (int i = 0; i < 10; i++) {
            cache.put("b", found("b", 1), i * SECOND);
        }
        assertThat(cache.fresh("a", 9 * SECOND)).isNotNull();
    }

    @Test
    void anOldAnswerThatWasGivenHoldsForHalfAMinute() {
        cache.put("a", found("a", 10), 0);
        cache.serveStale("a", 20 * SECOND);
        assertThat(cache.fresh("a", 49 * SECOND).resolution().stale()).isTrue();
        assertThat(cache.fresh("a", 50 * SECOND)).isNull();
        assertThat(cache.stale("a", 69 * SECOND)).isNotNull();
    }

    @Test
    void afterAChangeNothingIsKnown() {
        cache.put("a", found("a", 10), 0);
        cache.clear();
        assertThat(cache.fresh("a", 1)).isNull();
        assertThat(cache.stale("a", 1)).isNull();
    }
}
