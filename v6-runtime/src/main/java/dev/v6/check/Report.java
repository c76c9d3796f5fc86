// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.Family;
import dev.v6.Finding;
import dev.v6.FindingCode;
import dev.v6.Json;
import dev.v6.Severity;
import dev.v6.proc.Listener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the checks found.
 *
 * @param results one a check, in the catalogue's order
 * @param ports the ports that were looked at, with the families in which others can reach them
 * @param listeners the sockets that were looked at
 * @param problems what could not be read, in sentences
 * @param names how this JVM looks names up, in a word or two; empty where that is not known
 * @param took the time that all of it took
 */
public record Report(
        List<CheckResult> results,
        Map<Integer, Set<Family>> ports,
        List<Listener> listeners,
        List<String> problems,
        String names,
        Duration took) {

    /**
     * Keeps copies.
     *
     * @param results one a check
     * @param ports the ports and their families
     * @param listeners the sockets
     * @param problems what could not be read
     * @param names how names are looked up
     * @param took the time
     */
    public Report {
        results = List.copyOf(results);
        ports = Collections.unmodifiableMap(new TreeMap<>(ports));
        listeners = List.copyOf(listeners);
        problems = List.copyOf(problems);
    }

    /**
     * All that was found, in the catalogue's order.
     *
     * @return the findings of all checks
     */
    public List<Finding> findings() {
        return results.stream().flatMap(result -> result.findings().stream()).toList();
    }

    /**
     * Whether all is well. Nothing looked at is not well, and neither is what could not be told.
     *
     * @return true if some check passed, none was unable to tell, and nothing was found that needs mending
     */
    public boolean fine() {
        return count(CheckResult.Status.PASS) > 0
                && count(CheckResult.Status.UNKNOWN) == 0
                && findings().stream().noneMatch(finding -> finding.severity().compareTo(Severity.WARNING) <= 0);
    }

    private long count(CheckResult.Status status) {
        return results.stream().filter(result -> result.status() == status).count();
    }

    /**
     * Whether a family does not work: something was found that keeps it away.
     *
     * @return true if some finding is an {@link Severity#ERROR}
     */
    public boolean failed() {
        return findings().stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
    }

    /**
     * The result in one line, for example {@code v6: READY  8080/tcp IPv4 IPv6 native  dns direct [2001:db8::53]  0
     * findings  23 ms}. A port is native in the families that this place itself has addresses of; what an engine's proxy
     * translates from the other one is not the service's.
     *
     * @return a line without its end
     */
    public String summary() {
        return "v6: " + verdict() + serving() + (names.isEmpty() ? "" : "  dns " + names) + "  " + told() + "  "
                + took.toMillis() + " ms";
    }

    private String verdict() {
        if (failed()) {
            return "NOT READY";
        }
        boolean told = count(CheckResult.Status.PASS) > 0 && count(CheckResult.Status.UNKNOWN) == 0;
        return told ? "READY" : "NOT PROVEN";
    }

    private String told() {
        List<String> found = titles(false);
        List<String> repaired = titles(true);
        long unknown = count(CheckResult.Status.UNKNOWN);
        if (found.isEmpty() && repaired.isEmpty() && unknown == 0 && count(CheckResult.Status.PASS) == 0) {
            return "nothing could be checked here";
        }
        return found.size()
                + (found.size() == 1 ? " finding" : " findings")
                + (found.isEmpty() ? "" : ": " + String.join(", ", found))
                + (repaired.isEmpty() ? "" : "; repaired: " + String.join(", ", repaired))
                + (unknown == 0 ? "" : "; " + unknown + (unknown == 1 ? " check" : " checks") + " could not tell");
    }

    private List<String> titles(boolean repaired) {
        return findings().stream()
                .filter(finding -> (finding.severity() == Severity.REPAIRED) == repaired)
                .map(finding -> finding.code().id() + " " + finding.code().title())
                .distinct()
                .toList();
    }

    /** The checks that could not tell, by their reason, for one fault often stops several. */
    private Map<String, List<String>> unknown() {
        return results.stream()
                .filter(result -> result.status() == CheckResult.Status.UNKNOWN)
                .collect(Collectors.groupingBy(
                        CheckResult::reason,
                        LinkedHashMap::new,
                        Collectors.mapping(result -> result.code().id(), Collectors.toList())));
    }

    private String serving() {
        StringBuilder text = new StringBuilder();
        ports.forEach((port, families) -> {
            text.append("  ").append(port).append("/tcp ");
            text.append(families.isEmpty() ? "nobody" : String.join(" ", names(families)));
            text.append(families.size() == Family.values().length && nativeIpv6() ? " native" : "");
        });
        return text.toString();
    }

    /** Whether the check of the address has passed. */
    private boolean nativeIpv6() {
        return results.stream()
                .anyMatch(result ->
                        result.code() == FindingCode.NO_IPV6_ADDRESS && result.status() == CheckResult.Status.PASS);
    }

    private static List<String> names(Set<Family> families) {
        return families.stream().map(Family::toString).toList();
    }

    /**
     * The whole report for people.
     *
     * @return several lines: the summary, every finding with evidence, cause and remedy, and what could not be told
     */
    public String text() {
        StringBuilder text = new StringBuilder(summary()).append('\n');
        for (Finding finding : findings()) {
            text.append(finding.code().id())
                    .append("  ")
                    .append(finding.severity())
                    .append("  ");
            text.append(finding.code().title()).append('\n');
            text.append("  seen:   ").append(finding.evidence()).append('\n');
            text.append("  cause:  ").append(finding.cause()).append('\n');
            text.append("  remedy: ").append(finding.remedy()).append('\n');
        }
        unknown().forEach((reason, codes) -> {
            text.append(String.join(", ", codes)).append("  UNKNOWN\n");
            text.append("  reason: ").append(reason).append('\n');
        });
        for (String problem : problems) {
            text.append("problem: ").append(problem).append('\n');
        }
        return text.toString();
    }

    /**
     * The whole report for programs.
     *
     * @return one JSON object on one line
     */
    public String json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schema", 1);
        json.put("verdict", verdict());
        json.put("fine", fine());
        json.put("dns", names);
        json.put("millis", took.toMillis());
        json.put("findings", findings().stream().map(Finding::toJson).toList());
        json.put("checks", results.stream().map(CheckResult::toJson).toList());
        List<Object> served = new ArrayList<>();
        ports.forEach((port, families) -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("port", port);
            one.put("families", names(families));
            served.add(one);
        });
        json.put("ports", served);
        List<Object> rows = new ArrayList<>();
        listeners.forEach(listener -> rows.add(listener.toJson()));
        json.put("listeners", rows);
        json.put("problems", problems);
        return Json.write(json);
    }
}
