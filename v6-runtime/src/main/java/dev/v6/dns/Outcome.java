// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import dev.v6.Family;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How a look-up ended.
 *
 * @param kind whether the name has addresses
 * @param resolution the addresses and the steps
 * @param unsettled the families of which nobody could tell
 * @param keep how long this holds; zero if it is not to be kept
 * @param why for who gets no address, a sentence
 */
record Outcome(Kind kind, Resolution resolution, Set<Family> unsettled, Duration keep, String why) {

    /** Whether a name has addresses. */
    enum Kind {
        /** It has some. */
        FOUND,
        /** It has none. */
        MISSING,
        /** Nobody could tell. */
        FAILED
    }

    Resolution orThrow() throws UnknownHostException {
        if (kind != Kind.FOUND) {
            throw new UnknownHostException(why);
        }
        return resolution;
    }

    /** The same without what is of no use a second time. */
    Outcome kept(boolean stale) {
        Resolution lean = new Resolution(
                resolution.name(), resolution.ipv6(), resolution.ipv4(), resolution.sources(), stale, List.of());
        return new Outcome(kind, lean, unsettled, keep, why);
    }
}
