// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits without the JDK's thread for time-outs, which would stay in the service for good. */
final class Waiting {
    private Waiting() {}

    /**
     * Waits for a future.
     *
     * @param interruptible whether an interrupt ends the wait; if not, it is still there afterwards
     */
    static <T> T on(CompletableFuture<T> future, long nanos, boolean interruptible)
            throws InterruptedException, ExecutionException, TimeoutException {
        long end = System.nanoTime() + nanos;
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    if (interruptible) {
                        throw e;
                    }
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
