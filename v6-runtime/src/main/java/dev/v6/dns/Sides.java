// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import dev.v6.dns.Peer.Standing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Whom a name is asked of, and whom if they do not know it.
 *
 * @param first in the order in which they are asked
 * @param second likewise
 * @param state how the second side is
 */
record Sides(List<Peer> first, List<Peer> second, Cells.Second state) {

    /** Puts who answers of late before who does not, and a side that does not after one that does. */
    static Sides of(Way way, List<Peer> upstreams, List<Peer> system) {
        List<Peer> ahead = best(way == Way.SYSTEM_FIRST ? system : upstreams);
        List<Peer> behind = best(way == Way.SYSTEM_FIRST ? upstreams : system);
        if (ahead.isEmpty() || (aside(ahead) && !behind.isEmpty() && !aside(behind))) {
            List<Peer> swapped = ahead;
            ahead = behind;
            behind = swapped;
        }
        Cells.Second state =
                behind.isEmpty() ? Cells.Second.NONE : aside(behind) ? Cells.Second.DOUBTFUL : Cells.Second.THERE;
        return new Sides(ahead, behind, state);
    }

    private static boolean aside(List<Peer> peers) {
        for (Peer peer : peers) {
            if (peer.standing() != Standing.ASIDE) {
                return false;
            }
        }
        return true;
    }

    private static boolean good(List<Peer> peers) {
        for (Peer peer : peers) {
            if (peer.standing() != Standing.GOOD) {
                return false;
            }
        }
        return true;
    }

    /** Those set aside only if there is nobody else. */
    private static List<Peer> best(List<Peer> peers) {
        if (good(peers)) {
            return peers;
        }
        List<Peer> sorted = new ArrayList<>(peers);
        sorted.sort(Comparator.comparing(Peer::standing));
        if (!sorted.isEmpty() && sorted.get(0).standing() != Standing.ASIDE) {
            sorted.removeIf(peer -> peer.standing() == Standing.ASIDE);
        }
        return sorted;
    }
}
