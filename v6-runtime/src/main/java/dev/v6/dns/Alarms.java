// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Alarms of a few delays, set over and over and nearly all cancelled. Each delay has a line, in which what is set first is due
 * first: setting and cancelling sort nothing, and what is cancelled is let go of when it comes to the head. One thread's.
 */
final class Alarms {
    private final Map<Duration, Line> lines = new HashMap<>();

    Wire.Alarm set(Duration delay, Runnable task) {
        Line line = lines.get(delay);
        if (line == null) {
            line = new Line(delay.toNanos());
            lines.put(delay, line);
        }
        return line.add(task);
    }

    /**
     * The time until the next is due.
     *
     * @param now as {@link System#nanoTime()}
     * @return nanoseconds, zero or less if one is due; {@link Long#MAX_VALUE} if none is set
     */
    long nanosToNext(long now) {
        long least = Long.MAX_VALUE;
        for (Line line : lines.values()) {
            Waiting head = line.head();
            if (head != null) {
                least = Math.min(least, head.due - now);
            }
        }
        return least;
    }

    /** Hands over those that are due, each line's in their order. */
    void run(long now, Consumer<Runnable> runner) {
        for (Line line : lines.values().toArray(new Line[0])) { // a task may set one of another delay
            for (Waiting head = line.head(); head != null && head.due - now <= 0; head = line.head()) {
                line.waiting.remove();
                Runnable task = head.task;
                if (task != null) {
                    runner.accept(task);
                }
            }
        }
    }

    private static final class Line {
        private final long delay;
        private final Deque<Waiting> waiting = new ArrayDeque<>();

        Line(long delay) {
            this.delay = delay;
        }

        Wire.Alarm add(Runnable task) {
            head();
            Waiting one = new Waiting(System.nanoTime() + delay, task);
            waiting.add(one);
            return one;
        }

        /** The first that is not cancelled. */
        private @Nullable Waiting head() {
            Waiting head = waiting.peek();
            while (head != null && head.task == null) {
                waiting.remove();
                head = waiting.peek();
            }
            return head;
        }
    }

    private static final class Waiting implements Wire.Alarm {
        private final long due;
        private @Nullable Runnable task;

        Waiting(long due, Runnable task) {
            this.due = due;
            this.task = task;
        }

        @Override
        public void cancel() {
            task = null;
        }
    }
}
