// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import dev.v6.Family;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * RFC 6724 as a pure function: which source address a destination gets, and in which order to try destinations.
 *
 * <p>Not done, for want of what it takes to know: home addresses (rules 4), the outgoing interface where no zone names
 * it (source rule 5), and which transport is native (destination rule 7). Routes are not looked at either: where one is
 * missing the kernel refuses within microseconds.
 */
public final class AddressOrder {
    private AddressOrder() {}

    /**
     * Sorts destinations by RFC 6724, section 6. Where no rule tells two apart they keep their order, as DNS gave it.
     *
     * @param destinations resolved addresses
     * @param locals what this host can send from
     * @param policy the tables
     * @return all of them, the best first
     */
    public static List<InetAddress> sort(
            Collection<InetAddress> destinations, Collection<LocalAddress> locals, PolicyTable policy) {
        List<Destination> sorted = new ArrayList<>(destinations.size());
        for (InetAddress address : destinations) {
            Destination destination =
                    Destination.of(address, source(address, locals, policy).orElse(null), policy);
            // By insertion, as the rules are no total order: rule 9 compares within a family only.
            int at = sorted.size();
            while (at > 0 && destination.before(sorted.get(at - 1))) {
                at--;
            }
            sorted.add(at, destination);
        }
        return sorted.stream().map(Destination::address).toList();
    }

    /**
     * Sorts destinations by the addresses that this host has now and the RFC's own table.
     *
     * @param destinations resolved addresses
     * @return all of them, the best first
     */
    public static List<InetAddress> sort(Collection<InetAddress> destinations) {
        return sort(destinations, LocalAddresses.system().now().addresses(), PolicyTable.defaults());
    }

    /**
     * Selects a source by RFC 6724, section 5. The kernel decides in the end, by the same rules unless a route or a
     * sysctl says otherwise.
     *
     * @param destination where to
     * @param locals what this host can send from
     * @param policy the tables
     * @return empty if none of them leads there: the destination cannot be reached
     */
    public static Optional<LocalAddress> source(
            InetAddress destination, Collection<LocalAddress> locals, PolicyTable policy) {
        LocalAddress best = null;
        for (LocalAddress local : locals) {
            if (Source.candidate(local, destination)
                    && (best == null || Source.better(local, best, destination, policy))) {
                best = local;
            }
        }
        return Optional.ofNullable(best);
    }

    /**
     * Sorted addresses with their families taking turns, so that a dead family delays the other once only (RFC 8305,
     * section 4, with a First Address Family Count of 1).
     *
     * @param sorted the best first
     * @return all of them, beginning with the best
     */
    public static List<InetAddress> interleave(List<InetAddress> sorted) {
        return sorted.isEmpty() ? List.of() : interleave(sorted, Family.of(sorted.get(0)));
    }

    static List<InetAddress> interleave(List<InetAddress> sorted, Family first) {
        List<InetAddress> turns = new ArrayList<>(sorted.size());
        List<InetAddress> others = new ArrayList<>();
        for (InetAddress address : sorted) {
            (Family.of(address) == first ? turns : others).add(address);
        }
        for (int i = 0; i < others.size(); i++) {
            turns.add(Math.min(2 * i + 1, turns.size()), others.get(i));
        }
        return turns;
    }
}
