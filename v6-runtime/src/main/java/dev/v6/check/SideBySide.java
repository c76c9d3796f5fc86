// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * Looks at several things at once, for what is silent takes the whole of its time-out. On own threads, for the common pool is
 * the service's; and on plain ones, for in most services there is one thing to look at, and a pool is more to load than that.
 */
final class SideBySide<T> implements Runnable {
    private static final int THREADS = 8;

    private final List<Callable<T>> looks;
    private final Map<Integer, T> seen = new HashMap<>();
    private final Map<Integer, Throwable> broken = new HashMap<>();
    private int next;
    private boolean over;

    private SideBySide(List<Callable<T>> looks) {
        this.looks = looks;
    }

    /**
     * Runs all and waits.
     *
     * @param limit for all of them together
     * @param looks what to do
     * @return the results in the same order, nothing for what was not done in time
     */
    static <T> List<Optional<T>> within(Duration limit, List<Callable<T>> looks) {
        SideBySide<T> all = new SideBySide<>(looks);
        List<Thread> threads = new ArrayList<>();
        long end = System.nanoTime() + limit.toNanos();
        try {
            for (int i = 0; i < Math.min(THREADS, looks.size()); i++) {
                Thread thread = new Thread(all, "v6-check");
                thread.setDaemon(true);
                thread.start();
                threads.add(thread);
            }
            for (Thread thread : threads) {
                TimeUnit.NANOSECONDS.timedJoin(thread, end - System.nanoTime());
            }
            return all.results();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Looking was interrupted. Run the check again.", e);
        } finally {
            all.end();
            for (Thread thread : threads) {
                thread.interrupt();
            }
        }
    }

    @Override
    public void run() {
        for (int look = take(); look < looks.size(); look = take()) {
            try {
                see(look, looks.get(look).call());
            } catch (Exception | Error e) {
                broke(look, e);
            }
        }
    }

    private synchronized int take() {
        return over ? looks.size() : next++;
    }

    private synchronized void see(int look, T result) {
        seen.put(look, result);
    }

    private synchronized void broke(int look, Throwable why) {
        broken.put(look, why);
    }

    private synchronized void end() {
        over = true;
    }

    private synchronized List<Optional<T>> results() {
        List<Optional<T>> results = new ArrayList<>();
        for (int i = 0; i < looks.size(); i++) {
            Throwable why = broken.get(i);
            if (why != null) {
                throw new IllegalStateException("Looking broke: " + why, why);
            }
            results.add(Optional.ofNullable(seen.get(i)));
        }
        return results;
    }
}
