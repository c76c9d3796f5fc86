// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Looks at several things at once, for what is silent takes the whole of its time-out. */
final class SideBySide {
    /** Own threads, for the common pool is the service's. */
    private static final int THREADS = 8;

    private SideBySide() {}

    /**
     * Runs all and waits.
     *
     * @param limit for all of them together
     * @param looks what to do
     * @return the results in the same order, nothing for what was not done in time
     */
    static <T> List<Optional<T>> within(Duration limit, List<Callable<T>> looks) {
        List<Optional<T>> results = new ArrayList<>();
        if (looks.isEmpty()) {
            return results;
        }
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(THREADS, looks.size()), SideBySide::daemon);
        try {
            for (Future<T> look : threads.invokeAll(looks, limit.toNanos(), TimeUnit.NANOSECONDS)) {
                results.add(look.isCancelled() ? Optional.empty() : Optional.of(look.get()));
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Looking was interrupted. Run the check again.", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Looking broke: " + e.getCause(), e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Thread daemon(Runnable look) {
        Thread thread = new Thread(look, "v6-check");
        thread.setDaemon(true);
        return thread;
    }
}
