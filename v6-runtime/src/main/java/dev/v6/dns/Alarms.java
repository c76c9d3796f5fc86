// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Alarms of a few delays, set over and over and nearly all cancelled. Each delay has a line, in which what is set first is due
 * first, and of which the loop knows the head alone: setting and cancelling sort nothing. All on the loop's thread.
 */
final class Alarms {
    private final EventLoop loop;
    private final Map<Duration, Line> lines = new HashMap<>();

    Alarms(EventLoop loop) {
        this.loop = loop;
    }

    Wire.Alarm set(Duration delay, Runnable task) {
        Line line = lines.get(delay);
        if (line == null) {
            line = new Line(delay.toNanos());
            lines.put(delay, line);
        }
        return line.add(task);
    }

    private final class Line {
        private final long delay;
        private final Deque<Waiting> waiting = new ArrayDeque<>();
        private boolean known;

        Line(long delay) {
            this.delay = delay;
        }

        Wire.Alarm add(Runnable task) {
            dropCancelled();
            long now = System.nanoTime();
            Waiting one = new Waiting(now + delay, task);
            waiting.add(one);
            tellLoop(now);
            return one;
        }

        private void dropCancelled() {
            for (Waiting head = waiting.peek(); head != null && head.task == null; head = waiting.peek()) {
                waiting.remove();
            }
        }

        /** One that the loop wakes up for may be cancelled by then; what is behind it is told of then. */
        private void tellLoop(long now) {
            Waiting head = waiting.peek();
            if (!known && head != null) {
                known = true;
                var unused = loop.schedule(this::wake, Math.max(0, head.due - now), TimeUnit.NANOSECONDS);
            }
        }

        private void wake() {
            known = false;
            long now = System.nanoTime();
            try {
                dropCancelled();
                for (Waiting head = waiting.peek(); head != null && head.due - now <= 0; head = waiting.peek()) {
                    waiting.remove();
                    Runnable task = head.task;
                    if (task != null) {
                        task.run();
                    }
                    dropCancelled();
                }
            } finally {
                tellLoop(now);
            }
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
