// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import dev.v6.Family;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Security;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * The JDK's look-up, which takes its time and gives both families in one answer. It runs on threads of its own, so that
 * the caller's deadline holds. An answer serves for one second more, so that those who connect often need not change
 * threads for what the JDK itself has in its cache; not so where networkaddress.cache.ttl is 0.
 */
final class JdkNames implements Names {
    private static final Duration KEEP = Duration.ofSeconds(1);
    private static final int MOST_KEPT = 1000;
    private static final int THREADS = 16;
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final JdkNames SYSTEM =
            new JdkNames(InetAddress::getAllByName, threads(), System::nanoTime, keepsNothing() ? Duration.ZERO : KEEP);

    private final Resolver resolver;
    private final Executor executor;
    private final LongSupplier clock;
    private final long keepNanos;
    private final ConcurrentMap<String, Asked> asked = new ConcurrentHashMap<>();

    /** {@link InetAddress#getAllByName}. */
    @FunctionalInterface
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /** The answer counts from when the question was put, so a slow one is not kept the longer. */
    private record Asked(CompletableFuture<List<InetAddress>> both, Answers answers, long at) {

        static Asked at(long now) {
            CompletableFuture<List<InetAddress>> both = new CompletableFuture<>();
            return new Asked(both, new Answers(part(both, Family.IPV6), part(both, Family.IPV4)), now);
        }

        private static CompletableFuture<List<InetAddress>> part(
                CompletableFuture<List<InetAddress>> both, Family family) {
            return both.thenApply(addresses -> only(addresses, family));
        }
    }

    JdkNames(Resolver resolver, Executor executor, LongSupplier clock, Duration keep) {
        this.resolver = resolver;
        this.executor = executor;
        this.clock = clock;
        this.keepNanos = keep.toNanos();
    }

    static JdkNames system() {
        return SYSTEM;
    }

    @Override
    public Answers lookup(String host) {
        Asked known = asked.get(host);
        if (known != null && serves(known)) {
            return known.answers();
        }
        Asked question = Asked.at(clock.getAsLong());
        if (asked.size() >= MOST_KEPT) {
            asked.values().removeIf(old -> !serves(old));
        }
        if (asked.size() < MOST_KEPT) {
            asked.put(host, question);
        }
        executor.execute(() -> resolve(host, question));
        return question.answers();
    }

    private void resolve(String host, Asked question) {
        try {
            question.both().complete(List.of(resolver.resolve(host)));
        } catch (UnknownHostException | RuntimeException e) {
            asked.remove(host, question);
            question.both().completeExceptionally(e);
        }
    }

    static List<InetAddress> only(List<InetAddress> addresses, Family family) {
        return addresses.stream()
                .filter(address -> Family.of(address) == family)
                .toList();
    }

    /** One question at a time for a name, however many wait for its answer. */
    private boolean serves(Asked question) {
        return !question.both().isDone() || clock.getAsLong() - question.at() < keepNanos;
    }

    private static boolean keepsNothing() {
        return "0".equals(Security.getProperty("networkaddress.cache.ttl"));
    }

    private static Executor threads() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE.toSeconds(), TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "v6-lookup-" + COUNT.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
