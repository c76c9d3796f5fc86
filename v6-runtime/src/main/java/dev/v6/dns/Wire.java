// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import java.time.Duration;
import java.util.function.Consumer;

/** The way to the servers, with the one thread on which all asking happens, and its clock. */
interface Wire extends AutoCloseable {

    /** Runs a task on the thread, soon. */
    void run(Runnable task);

    /** Runs a task on the thread, later. From the thread only. */
    Alarm later(Duration delay, Runnable task);

    /** Whether the caller is the thread. */
    boolean here();

    /** Nanoseconds, as {@link System#nanoTime()} counts. */
    long now();

    /**
     * Asks a server once. From the thread only.
     *
     * @param to told on the thread, once, never before this returns; not at all if nothing comes
     */
    Sent ask(Server server, Question question, Consumer<Reply> to);

    @Override
    void close();

    /** A task to come. */
    interface Alarm {
        void cancel();
    }

    /** A question that waits for its reply. */
    interface Sent {
        /** From now on no reply is waited for. */
        void forget();
    }
}
