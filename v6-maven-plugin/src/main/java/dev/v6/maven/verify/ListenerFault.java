// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.verify;

import dev.v6.Family;
import dev.v6.Finding;
import dev.v6.FindingCode;
import dev.v6.Outcome;
import dev.v6.Protocol;
import dev.v6.maven.engine.Port;
import dev.v6.maven.engine.Vantage;
import dev.v6.proc.Listener;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is wrong with the sockets that serve one port, judged by the kernel's table and by who answered inside. */
final class ListenerFault {
    private ListenerFault() {}

    static Optional<Finding> of(Port port, Diagnosis.Evidence evidence) {
        if (!evidence.facts().seen()) {
            return Optional.empty(); // nobody looked
        }
        List<Listener> all = evidence.listeners().stream()
                .filter(listener -> listener.protocol() == Protocol.TCP)
                .toList();
        List<Listener> here = all.stream()
                .filter(listener -> listener.local().port() == port.number())
                .toList();
        if (here.isEmpty()) {
            return Optional.of(Finding.of(
                    FindingCode.NOT_LISTENING,
                    all.isEmpty()
                            ? "nothing listens on " + port + ", nor on any other TCP port"
                            : "nothing listens on " + port + "; TCP sockets listen on " + text(all)));
        }
        List<Listener> open = here.stream().filter(l -> !l.loopback()).toList();
        String seen = port + " is served by " + text(here);
        if (open.isEmpty()) {
            return Optional.of(Finding.of(FindingCode.LOOPBACK_ONLY, seen));
        }
        if (open.stream().noneMatch(Listener::wildcard)) {
            // A bridge binds each address for itself, and then all of them answer.
            return answersEverywhere(port, evidence)
                    ? Optional.empty()
                    : Optional.of(Finding.of(FindingCode.ONE_ADDRESS_ONLY, seen));
        }
        return wildcard(port, evidence, open).map(code -> Finding.of(code, seen));
    }

    private static Optional<FindingCode> wildcard(Port port, Diagnosis.Evidence evidence, List<Listener> open) {
        Set<Family> families = EnumSet.noneOf(Family.class);
        open.stream().filter(Listener::wildcard).forEach(l -> families.addAll(l.families()));
        if (!families.contains(Family.IPV6)) {
            // Where the namespace has no IPv6 a dual-stack service cannot but listen on 0.0.0.0.
            return evidence.facts().ipv6Disabled() ? Optional.empty() : Optional.of(FindingCode.IPV4_ONLY);
        }
        // A `::` socket may have IPV6_V6ONLY on, which the table does not show: who answers inside tells.
        return inside(evidence, port, Family.IPV4) == Outcome.REFUSED
                        && inside(evidence, port, Family.IPV6) == Outcome.OK
                ? Optional.of(FindingCode.IPV6_ONLY)
                : Optional.empty();
    }

    private static boolean answersEverywhere(Port port, Diagnosis.Evidence evidence) {
        List<Cell> cells = evidence.cells().stream()
                .filter(cell -> cell.aim().port().equals(port))
                .toList();
        return !cells.isEmpty() && cells.stream().allMatch(cell -> cell.outcome() == Outcome.OK);
    }

    private static Outcome inside(Diagnosis.Evidence evidence, Port port, Family family) {
        return evidence.cells().stream()
                .filter(c -> c.aim().vantage() == Vantage.INSIDE
                        && c.aim().family() == family
                        && c.aim().port().equals(port))
                .map(Cell::outcome)
                .findFirst()
                .orElse(Outcome.NO_ADDRESS);
    }

    private static String text(List<Listener> listeners) {
        return String.join(
                ", ",
                listeners.stream().map(l -> l.local().toString()).distinct().toList());
    }
}
