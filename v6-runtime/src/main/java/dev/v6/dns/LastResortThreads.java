// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import dev.v6.Family;
import dev.v6.net.Names;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Has a resolver that makes its callers wait look names up for those who do not wait. */
final class LastResortThreads implements AutoCloseable {
    private static final int MOST = 16;

    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(MOST, MOST, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new ThreadFactory() {
                // No lambda: the first is linked on whichever thread of the service's looks a name up first.
                @Override
                public Thread newThread(Runnable task) {
                    return OwnThreads.daemon("last-resort", task);
                }
            });

    LastResortThreads() {
        threads.allowCoreThreadTimeOut(true);
    }

    /** A look-up that takes its time, once. */
    abstract static class Slow implements Runnable {
        private final CompletableFuture<List<InetAddress>> found = new CompletableFuture<>();

        abstract List<InetAddress> addresses() throws UnknownHostException;

        @Override
        public final void run() {
            try {
                found.complete(addresses());
            } catch (UnknownHostException | RuntimeException | Error e) {
                found.completeExceptionally(e);
            }
        }
    }

    CompletableFuture<List<InetAddress>> run(Slow slow) {
        threads.execute(slow);
        return slow.found;
    }

    Names.Answers lookup(LastResort other, String host) {
        CompletableFuture<List<InetAddress>> both = run(new Slow() {
            @Override
            List<InetAddress> addresses() throws UnknownHostException {
                return List.of(other.lookup(host));
            }
        });
        return new Names.Answers(
                both.thenApply(all -> only(all, Family.IPV6)), both.thenApply(all -> only(all, Family.IPV4)));
    }

    private static List<InetAddress> only(List<InetAddress> addresses, Family family) {
        return addresses.stream()
                .filter(address -> Family.of(address) == family)
                .toList();
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
