// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SideBySideTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void nothingToLookAtIsNothing() {
        assertThat(SideBySide.within(LONG, List.of())).isEmpty();
    }

    @Test
    void resultsAreInTheOrderOfTheLooks() {
        List<Callable<Integer>> looks = new ArrayList<>();
        List<Optional<Integer>> expected = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int number = i;
            looks.add(() -> number);
            expected.add(Optional.of(number));
        }

        assertThat(SideBySide.within(LONG, looks)).isEqualTo(expected);
    }

    @Test
    void eightAreLookedAtAtOnceAndNoMore() {
        CyclicBarrier eight = new CyclicBarrier(8);
        AtomicInteger now = new AtomicInteger();
        Callable<Integer> look = () -> {
            int together = now.incrementAndGet();
            eight.await();
            now.decrementAndGet();
            eight.await();
            return together;
        };

        assertThat(SideBySide.within(LONG, Collections.nCopies(16, look)))
                .hasSize(16)
                .allMatch(together -> together.orElseThrow() <= 8);
    }

    @Test
    void whatIsLateIsNothingAndIsInterrupted() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        Callable<String> late = () -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return "late";
        };

        assertThat(SideBySide.within(Duration.ofMillis(200), List.of(late, () -> "in time")))
                .containsExactly(Optional.empty(), Optional.of("in time"));
        assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatIsNotBegunInTimeIsNeverBegun() throws Exception {
        CountDownLatch ended = new CountDownLatch(8);
        AtomicInteger begun = new AtomicInteger();
        Callable<String> late = () -> {
            begun.incrementAndGet();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                ended.countDown();
            }
            return "late";
        };

        assertThat(SideBySide.within(Duration.ofMillis(200), Collections.nCopies(20, late)))
                .hasSize(20)
                .allMatch(Optional::isEmpty);
        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(begun).hasValue(8);
    }

    @Test
    void whatBreaksIsTold() {
        Callable<String> broken = () -> {
            throw new LinkageError("half a class path");
        };

        assertThatThrownBy(() -> SideBySide.within(LONG, List.of(() -> "well", broken)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Looking broke: java.lang.LinkageError: half a class path");
    }

    @Test
    void whoIsInterruptedWhileLookingIsToldSoAndStaysInterrupted() {
        Callable<String> never = () -> {
            new CountDownLatch(1).await();
            return "never";
        };
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> SideBySide.within(LONG, List.of(never)))
                .hasMessageStartingWith("Looking was interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }
}
