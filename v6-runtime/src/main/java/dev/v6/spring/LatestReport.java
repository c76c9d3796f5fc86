// SPDX-License-Identifier: Apache-2.0
package dev.v6.spring;

import dev.v6.check.Report;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the last check found. An endpoint may be polled as often as anybody likes: a check is run only where the last one is
 * too old, by one thread, and the others meanwhile are given that.
 */
final class LatestReport {
    private final Supplier<List<Integer>> ports;
    private final Function<List<Integer>, Report> check;
    private final LongSupplier nanoClock;
    private final ReentrantLock checking = new ReentrantLock();
    private volatile @Nullable Taken latest;

    private record Taken(Report report, long at) {}

    /**
     * Checks nothing yet.
     *
     * @param ports those that the application's servers listen on by now
     * @param check looks at ports
     * @param nanoClock as {@link System#nanoTime()}
     */
    LatestReport(Supplier<List<Integer>> ports, Function<List<Integer>, Report> check, LongSupplier nanoClock) {
        this.ports = ports;
        this.check = check;
        this.nanoClock = nanoClock;
    }

    /**
     * Checks, unless that was done lately.
     *
     * @param age how old the result may be
     * @return what was found, or nothing where there is no port to check
     */
    Optional<Report> notOlderThan(Duration age) {
        Taken before = latest;
        if (before != null && isYoung(before, age)) {
            return Optional.of(before.report());
        }
        if (before == null) {
            checking.lock();
        } else if (!checking.tryLock()) {
            return Optional.of(before.report());
        }
        try {
            Taken other = latest;
            return other != null && isYoung(other, age) ? Optional.of(other.report()) : check();
        } finally {
            checking.unlock();
        }
    }

    private boolean isYoung(Taken taken, Duration age) {
        return nanoClock.getAsLong() - taken.at() < age.toNanos();
    }

    private Optional<Report> check() {
        List<Integer> now = ports.get();
        if (now.isEmpty()) {
            return Optional.empty();
        }
        Report report = check.apply(now);
        latest = new Taken(report, nanoClock.getAsLong());
        return Optional.of(report);
    }
}
