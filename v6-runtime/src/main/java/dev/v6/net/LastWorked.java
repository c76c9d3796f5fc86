// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import java.io.Serial;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The address that won last for each host and port, for 10 minutes (RFC 6555, section 4.2), so that a family that is
 * dead delays the first connection only. Then the order of RFC 6724 has its chance again; so it has once the host's own
 * addresses change.
 */
final class LastWorked {
    private static final Duration KEEP = Duration.ofMinutes(10);
    private static final int MOST = 1000;

    private final LongSupplier clock;
    private final Map<Key, Winner> winners = new Recent();

    private record Key(String host, int port) {}

    private record Winner(InetAddress address, HostView seenFrom, long since) {}

    LastWorked(LongSupplier clock) {
        this.clock = clock;
    }

    @Nullable
    InetAddress of(Target target, HostView host) {
        synchronized (winners) {
            Winner winner = winners.get(key(target));
            return winner == null || outdated(winner, host) ? null : winner.address();
        }
    }

    /** To win again does not count as news: else one family would stay first for as long as it is used. */
    void won(Target target, HostView host, InetAddress address) {
        synchronized (winners) {
            Winner before = winners.get(key(target));
            if (before == null || outdated(before, host) || !before.address().equals(address)) {
                winners.put(key(target), new Winner(address, host, clock.getAsLong()));
            }
        }
    }

    int size() {
        synchronized (winners) {
            return winners.size();
        }
    }

    @SuppressWarnings("ReferenceEquality") // LocalAddresses gives the same object while the addresses are the same
    private boolean outdated(Winner winner, HostView host) {
        return winner.seenFrom() != host || clock.getAsLong() - winner.since() >= KEEP.toNanos();
    }

    private static Key key(Target target) {
        return new Key(target.host(), target.port());
    }

    /** Forgets what was not asked for the longest. */
    private static final class Recent extends LinkedHashMap<Key, Winner> {
        @Serial
        private static final long serialVersionUID = 1L;

        Recent() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Winner> eldest) {
            return size() > MOST;
        }
    }
}
