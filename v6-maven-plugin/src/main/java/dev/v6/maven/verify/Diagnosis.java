// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.verify;

import dev.v6.Family;
import dev.v6.Finding;
import dev.v6.FindingCode;
import dev.v6.Outcome;
import dev.v6.Severity;
import dev.v6.maven.engine.Engine;
import dev.v6.maven.engine.Facts;
import dev.v6.maven.engine.Placement;
import dev.v6.maven.engine.Port;
import dev.v6.maven.engine.Vantage;
import dev.v6.proc.Listener;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * From what was seen to what is wrong: a pure function. Each failed cell points to the finding that explains it best: a
 * fault of the service before what the engine made of it.
 */
final class Diagnosis {
    private final Evidence evidence;
    private final List<Port> ports;
    private final Map<String, Finding> findings = new LinkedHashMap<>();
    private final Map<Port, FindingCode> faults = new LinkedHashMap<>();

    private Diagnosis(Evidence evidence) {
        this.evidence = evidence;
        this.ports = Verification.ports(evidence.cells);
    }

    /**
     * Everything that was seen.
     *
     * @param placement where the service ran
     * @param cells the matrix, unexplained
     * @param listeners the sockets that accept in its namespace
     * @param facts what its namespace has
     * @param untried the ports that were asked for and that no cell is made of: they leave the verdict open
     */
    record Evidence(Placement placement, List<Cell> cells, List<Listener> listeners, Facts facts, List<Port> untried) {}

    static Result of(Engine engine, Evidence evidence) {
        Diagnosis diagnosis = new Diagnosis(evidence);
        List<Cell> cells = diagnosis.explained();
        Verdict verdict = Verdict.of(diagnosis.mustBeProven(), evidence.placement.required(), cells);
        return new Result(
                verdict,
                verdict == Verdict.NOT_PROVEN ? new Unproven(evidence.placement, cells, evidence.untried).reason() : "",
                engine.kind(),
                engine.version(),
                evidence.placement,
                cells,
                evidence.listeners,
                evidence.facts,
                diagnosis.findings(verdict));
    }

    /** UDP that the user named is asked for and not tried, so it is never proven by silence about it. */
    private List<Port> mustBeProven() {
        List<Port> all = new ArrayList<>(ports);
        all.addAll(evidence.untried);
        return all;
    }

    private List<Cell> explained() {
        namespace();
        if (!evidence.placement.ipv4Flag().isEmpty()) {
            add(FindingCode.PREFER_IPV4_STACK, "", evidence.placement.ipv4Flag());
        }
        for (Port port : ports) {
            ListenerFault.of(port, evidence).ifPresent(finding -> {
                findings.put(finding.code() + " " + port, finding);
                faults.put(port, finding.code());
            });
        }
        return evidence.cells.stream().map(this::explain).toList();
    }

    private void namespace() {
        Facts facts = evidence.facts;
        if (!facts.seen()) {
            return;
        }
        boolean address = facts.addresses().stream()
                .anyMatch(a -> Family.of(a.address()) == Family.IPV6
                        && !a.address().isLoopbackAddress()
                        && !a.address().isLinkLocalAddress());
        if (facts.ipv6Disabled() && evidence.placement.networkFamilies().contains(Family.IPV6)) {
            add(FindingCode.IPV6_DISABLED, "", "the service's network namespace has no IPv6 address, not even ::1");
        }
        if (!address) {
            add(
                    FindingCode.NO_IPV6_ADDRESS,
                    "",
                    "the service's network namespace has no IPv6 address but loopback and link-local; network "
                            + evidence.placement.network());
        } else if (!facts.defaultRoute6()) {
            add(FindingCode.NO_IPV6_ROUTE, "", "no ::/0 in /proc/net/ipv6_route of the service's namespace");
        }
    }

    private Cell explain(Cell cell) {
        if (cell.proven()) {
            return cell;
        }
        Port port = cell.aim().port();
        boolean host =
                cell.aim().vantage() == Vantage.HOST_ADDRESS || cell.aim().vantage() == Vantage.HOST_LOOPBACK;
        if (cell.outcome() == Outcome.NO_ADDRESS) {
            boolean known =
                    cell.aim().family() == Family.IPV6 && findings.containsKey(FindingCode.NO_IPV6_ADDRESS + " ");
            return known && !host ? cell.explainedBy(FindingCode.NO_IPV6_ADDRESS) : cell;
        }
        if (!cell.required()) {
            return cell; // nobody asked for it
        }
        if (cell.outcome() == Outcome.OK) {
            return cell.passage() == Passage.PROXIED ? translated(cell) : cell;
        }
        if (host && cell.outcome() == Outcome.CLOSED_EARLY) {
            add(FindingCode.REFUSED_BEHIND_PROXY, port.toString(), seen(cell));
        }
        if (withoutProxy(cell)) {
            add(FindingCode.NO_USERLAND_PROXY, "", seen(cell) + " while the family answers from other vantages");
            return cell.cannotExist(FindingCode.NO_USERLAND_PROXY);
        }
        return cell.explainedBy(
                fault(port, cell.aim().family()).orElseGet(() -> host ? fromHost(cell, port) : fromNear(cell, port)));
    }

    private Cell translated(Cell cell) {
        add(
                FindingCode.PROXIED,
                cell.aim().port().toString(),
                cell.aim().family() + " to " + cell.aim().where() + " answered, and reached the service in the other"
                        + " family; network " + evidence.placement.network());
        return cell.explainedBy(FindingCode.PROXIED);
    }

    /** What is wrong with the service itself on this port, if that keeps this family out. */
    private Optional<FindingCode> fault(Port port, Family family) {
        FindingCode fault = faults.get(port);
        if (fault == null) {
            return Optional.empty();
        }
        boolean ipv4Stack = family == Family.IPV6
                && fault == FindingCode.IPV4_ONLY
                && !evidence.placement.ipv4Flag().isEmpty();
        boolean other = (fault == FindingCode.IPV4_ONLY && family == Family.IPV4)
                || (fault == FindingCode.IPV6_ONLY && family == Family.IPV6);
        return other ? Optional.empty() : Optional.of(ipv4Stack ? FindingCode.PREFER_IPV4_STACK : fault);
    }

    private FindingCode fromNear(Cell cell, Port port) {
        FindingCode code =
                switch (cell.outcome()) {
                    case REFUSED -> FindingCode.NOT_LISTENING;
                    case CLOSED_EARLY -> FindingCode.CLOSES_AT_ONCE;
                    default -> cell.accepted() ? FindingCode.NOT_TAKEN : FindingCode.PACKETS_VANISH;
                };
        return add(code, port.toString(), seen(cell));
    }

    private FindingCode fromHost(Cell cell, Port port) {
        boolean addressed = evidence.cells.stream()
                .noneMatch(c -> c.aim().vantage() == Vantage.NEIGHBOUR
                        && c.aim().family() == cell.aim().family()
                        && c.aim().target() == null);
        boolean elsewhere = evidence.cells.stream()
                .anyMatch(c -> c.proven()
                        && c.aim().family() == cell.aim().family()
                        && c.aim().port().equals(port)
                        && c.aim().vantage() != cell.aim().vantage()
                        && (c.aim().vantage() == Vantage.HOST_ADDRESS || c.aim().vantage() == Vantage.HOST_LOOPBACK));
        FindingCode code =
                switch (cell.outcome()) {
                    case CLOSED_EARLY -> FindingCode.REFUSED_BEHIND_PROXY;
                    case REFUSED -> elsewhere && addressed ? FindingCode.VANTAGES_DISAGREE : FindingCode.NOT_PUBLISHED;
                    default ->
                        cell.accepted()
                                ? FindingCode.NOT_TAKEN
                                : elsewhere ? FindingCode.VANTAGES_DISAGREE : FindingCode.PACKETS_VANISH;
                };
        return add(code, port.toString(), seen(cell));
    }

    /**
     * With the proxy on, a connect to ::1 is always taken, by the proxy itself: that nobody took it, while the family
     * works from everywhere else, says that there is none.
     */
    private boolean withoutProxy(Cell cell) {
        return cell.aim().vantage() == Vantage.HOST_LOOPBACK
                && cell.aim().family() == Family.IPV6
                && cell.outcome() == Outcome.TIMEOUT
                && !cell.accepted()
                && evidence.cells.stream()
                        .filter(c -> c.aim().family() == Family.IPV6
                                && c.aim().port().equals(cell.aim().port())
                                && c.aim().vantage() != Vantage.HOST_LOOPBACK
                                && c.required())
                        .allMatch(Cell::proven)
                && evidence.cells.stream()
                        .anyMatch(c -> c.aim().family() == Family.IPV6
                                && c.aim().port().equals(cell.aim().port())
                                && c.aim().vantage() == Vantage.NEIGHBOUR
                                && c.proven());
    }

    private String seen(Cell cell) {
        return cell.aim().vantage().word() + " " + cell.aim().family() + " to "
                + cell.aim().where() + ": " + cell.detail();
    }

    /** One finding a code and port; further cells add nothing to its evidence. */
    private FindingCode add(FindingCode code, String scope, String seen) {
        findings.putIfAbsent(code + " " + scope, Finding.of(code, seen));
        return code;
    }

    private List<Finding> findings(Verdict verdict) {
        return findings.values().stream()
                // What kept nobody out is worth knowing, and no more.
                .map(f -> verdict == Verdict.READY && f.severity() == Severity.ERROR
                        ? f.withSeverity(Severity.WARNING)
                        : f)
                .sorted(Comparator.comparing(Finding::severity)
                        .thenComparing(f -> f.code().id()))
                .toList();
    }
}
