// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** How long replies hold. */
final class Lifetime {
    /** The engine gives its own names 600 s, but a container that restarts may have another address in a second. */
    static final Duration EMBEDDED = Duration.ofSeconds(5);

    /** For a name of which one family could not be told. */
    static final Duration UNSETTLED = Duration.ofSeconds(30);

    static final Duration LONGEST = Duration.ofHours(1);
    static final Duration LONGEST_NEGATIVE = Duration.ofMinutes(5);

    private Lifetime() {}

    /** Of a name with addresses: the shortest that any reply gives. */
    static Duration found(Collection<Reply> replies) {
        Duration keep = LONGEST;
        for (Reply reply : replies) {
            if (reply.ttl() != null) {
                keep = shorter(keep, reply.ttl());
            }
            if (reply.answer() && reply.server().embedded()) {
                keep = shorter(keep, EMBEDDED);
            }
            if (!reply.kind().settles()) {
                keep = shorter(keep, UNSETTLED);
            }
        }
        return keep;
    }

    /** Of a name without any, by RFC 2308: what the zone says, and nothing if one reply does not say it. */
    static Duration missing(Collection<Reply> replies) {
        Duration keep = LONGEST_NEGATIVE;
        for (Reply reply : replies) {
            keep = shorter(keep, reply.kind().negative() ? orNone(reply.ttl()) : Duration.ZERO);
            if (reply.server().embedded()) {
                keep = shorter(keep, EMBEDDED);
            }
        }
        return keep;
    }

    private static Duration orNone(@Nullable Duration ttl) {
        return ttl == null ? Duration.ZERO : ttl;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
