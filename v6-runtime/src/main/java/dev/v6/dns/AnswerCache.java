// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of names: while it holds, and, for when no server answers, for a while longer (RFC 8767). Anybody may
 * read; the wire's thread alone writes. What was put longest ago goes first when it is full.
 */
final class AnswerCache {
    /** RFC 8767, section 5: what an old answer is good for before servers are asked again. */
    private static final Duration STALE_TTL = Duration.ofSeconds(30);

    private final int most;
    private final long staleNanos;
    private final ConcurrentMap<String, Entry> entries = new ConcurrentHashMap<>();

    /** Those put longest ago first, each once: a name that is put every second must not push the others out. */
    private final Set<String> order = new LinkedHashSet<>();

    private record Entry(Outcome outcome, long freshUntil, long staleUntil) {}

    AnswerCache(int most, Duration stale) {
        this.most = most;
        this.staleNanos = stale.toNanos();
    }

    /** What holds now. */
    @Nullable
    Outcome fresh(String name, long now) {
        Entry entry = entries.get(name);
        return entry != null && entry.freshUntil - now > 0 ? entry.outcome : null;
    }

    /** Addresses that held once and are still good for want of others. */
    @Nullable
    Outcome stale(String name, long now) {
        Entry entry = entries.get(name);
        return entry != null && entry.staleUntil - now > 0 ? entry.outcome.kept(true) : null;
    }

    void put(String name, Outcome outcome, long now) {
        long freshUntil = now + outcome.keep().toNanos();
        boolean found = outcome.kind() == Outcome.Kind.FOUND;
        if (outcome.keep().isZero()) {
            entries.remove(name);
        } else {
            add(name, new Entry(outcome.kept(false), freshUntil, found ? freshUntil + staleNanos : now));
        }
    }

    /** An old answer was given for want of another: for a moment nobody needs to find that out again. */
    void serveStale(String name, long now) {
        Entry entry = entries.get(name);
        if (entry != null && entry.staleUntil - now > 0) {
            add(name, new Entry(entry.outcome.kept(true), now + STALE_TTL.toNanos(), entry.staleUntil));
        }
    }

    /** For when servers or domains have changed. */
    void clear() {
        entries.clear();
    }

    int size() {
        return entries.size();
    }

    private void add(String name, Entry entry) {
        entries.put(name, entry);
        order.remove(name);
        order.add(name);
        if (order.size() > most) {
            Iterator<String> oldest = order.iterator();
            entries.remove(oldest.next());
            oldest.remove();
        }
    }
}
