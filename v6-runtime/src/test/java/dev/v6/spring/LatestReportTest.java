// SPDX-License-Identifier: Apache-2.0
package dev.v6.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.check.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LatestReportTest {
    private static final Duration AGE = Duration.ofSeconds(10);

    private final AtomicLong now = new AtomicLong(-5);
    private final AtomicInteger checks = new AtomicInteger();
    private final List<Integer> ports = new ArrayList<>(List.of(8080));

    /** Each report tells by its only problem which it is. */
    private Report check(List<Integer> checked) {
        return report(checks.incrementAndGet() + " " + checked);
    }

    private static Report report(String problem) {
        return new Report(List.of(), Map.of(), List.of(), List.of(problem), "", Duration.ZERO);
    }

    private static String problem(LatestReport latest) {
        return latest.notOlderThan(AGE).orElseThrow().problems().get(0);
    }

    @Test
    void aYoungReportIsGivenAgain() {
        LatestReport latest = new LatestReport(() -> ports, this::check, now::get);

        assertThat(problem(latest)).isEqualTo("1 [8080]");
        now.addAndGet(AGE.toNanos() - 1);
        assertThat(problem(latest)).isEqualTo("1 [8080]");
        now.addAndGet(1);
        assertThat(problem(latest)).isEqualTo("2 [8080]");
    }

    @Test
    void nothingIsCheckedBeforeThereIsAPort() {
        LatestReport latest = new LatestReport(() -> ports, this::check, now::get);
        ports.clear();
        assertThat(latest.notOlderThan(AGE)).isEmpty();

        ports.add(8081);
        assertThat(problem(latest)).isEqualTo("1 [8081]");
    }

    @Test
    void whileOneChecksTheOthersAreGivenTheReportBefore() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        LatestReport latest = new LatestReport(() -> ports, checked -> slowSecond(begun, goOn), now::get);
        assertThat(problem(latest)).isEqualTo("first");
        now.addAndGet(AGE.toNanos());
        FutureTask<String> slow = new FutureTask<>(() -> problem(latest));
        new Thread(slow).start();
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

        assertThat(problem(latest)).isEqualTo("first");

        goOn.countDown();
        assertThat(slow.get(30, TimeUnit.SECONDS)).isEqualTo("second");
        assertThat(problem(latest)).isEqualTo("second");
    }

    private Report slowSecond(CountDownLatch begun, CountDownLatch goOn) {
        if (checks.incrementAndGet() == 1) {
            return report("first");
        }
        begun.countDown();
        try {
            assertThat(goOn.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return report("second");
    }
}
