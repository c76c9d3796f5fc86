// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.Family;
import dev.v6.Finding;
import dev.v6.Json;
import dev.v6.Severity;
import dev.v6.proc.Listener;
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
 */
public record Report(
        List<CheckResult> results, Map<Integer, Set<Family>> ports, List<Listener> listeners, List<String> problems) {

    /**
     * Keeps copies.
     *
     * @param results one a check
     * @param ports the ports and their families
     * @param listeners the sockets
     * @param problems what could not be read
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
                && findings().stream().allMatch(finding -> finding.severity() == Severity.INFO);
    }

    private long count(CheckResult.Status status) {
        return results.stream().filter(result -> result.status() == status).count();
    }

    /**
     * The result in one line.
     *
     * @return a sentence that begins with {@code v6:}
     */
    public String summary() {
        List<String> found = findings().stream()
                .map(finding -> finding.code().id() + " " + finding.code().title())
                .distinct()
                .toList();
        long passed = count(CheckResult.Status.PASS);
        long unknown = count(CheckResult.Status.UNKNOWN);
        if (fine()) {
            return "v6: fine: " + passed + " checks passed" + serving()
                    + (found.isEmpty() ? "." : "; worth knowing: " + String.join(", ", found) + ".");
        }
        if (passed == 0 && found.isEmpty()) {
            return "v6: not fine: nothing could be checked here.";
        }
        return "v6: not fine: " + String.join(", ", found) + (found.isEmpty() || unknown == 0 ? "" : "; ")
                + (unknown == 0 ? "" : unknown + " checks could not tell") + ".";
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
        for (Map.Entry<Integer, Set<Family>> port : ports.entrySet()) {
            if (!port.getValue().isEmpty()) {
                text.append(", port ").append(port.getKey()).append(" serves ");
                text.append(String.join(" and ", names(port.getValue())));
            }
        }
        return text.toString();
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
        json.put("fine", fine());
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
