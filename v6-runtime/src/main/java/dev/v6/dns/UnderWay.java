// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The look-ups that are under way: one a name, however many ask for it. What comes of each is kept. */
final class UnderWay implements AutoCloseable {
    private static final String CLOSED = "This resolver is closed. Keep it open as long as names are looked up.";

    private final CompletableFuture<Started> started;
    private final AnswerCache cache;
    private final LongSupplier clock;
    private final ConcurrentMap<String, Lookup> lookups = new ConcurrentHashMap<>();
    private volatile boolean closed;

    UnderWay(CompletableFuture<Started> started, AnswerCache cache, LongSupplier clock) {
        this.started = started;
        this.cache = cache;
        this.clock = clock;
    }

    boolean closed() {
        return closed;
    }

    /**
     * The look-up of a name, which begins if it is not under way.
     *
     * @param name as {@link DnsName#normal} gives it
     * @param limit for everything together
     * @param traced whether its steps are wanted
     */
    Lookup of(String name, Duration limit, boolean traced) {
        Lookup mine = new Lookup(name, limit, traced, outcome -> settle(name, outcome));
        Lookup other = lookups.putIfAbsent(name, mine);
        if (other != null) {
            return other;
        }
        var unused = started.whenComplete((with, failure) -> begin(mine, with, failure));
        if (closed) {
            mine.fail(CLOSED);
        }
        return mine;
    }

    private static void begin(Lookup lookup, @Nullable Started with, @Nullable Throwable failure) {
        if (with == null) {
            lookup.fail(String.valueOf(failure == null ? null : failure.getMessage()));
            return;
        }
        try {
            with.wire().run(() -> lookup.begin(with.wire(), with.roster()));
        } catch (IllegalStateException e) {
            lookup.fail(CLOSED);
        }
    }

    /** On the wire's thread, at the end of a look-up: what its callers get, and what later ones will. */
    private Outcome settle(String name, Outcome outcome) {
        long now = clock.getAsLong();
        Outcome given = outcome;
        if (outcome.kind() == Outcome.Kind.FAILED) {
            Outcome old = cache.stale(name, now);
            if (old != null) {
                cache.serveStale(name, now);
                given = old;
            }
        } else {
            cache.put(name, outcome, now);
        }
        lookups.remove(name);
        return given;
    }

    /** Who waits gets nothing, and nobody may begin another. */
    @Override
    public void close() {
        closed = true;
        lookups.values().forEach(lookup -> lookup.fail(CLOSED));
    }
}
