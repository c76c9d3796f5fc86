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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

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
        List<Finding> all = new ArrayList<>();
        for (CheckResult result : results) {
            all.addAll(result.findings());
        }
        return List.copyOf(all);
    }

    /**
     * Whether all is well. Nothing looked at is not well, and neither is what could not be told.
     *
     * @return true if some check passed, none was unable to tell, and nothing was found that needs mending
     */
    public boolean fine() {
        return count(CheckResult.Status.PASS) > 0 && count(CheckResult.Status.UNKNOWN) == 0 && !found(Severity.WARNING);
    }

    private int count(CheckResult.Status status) {
        int count = 0;
        for (CheckResult result : results) {
            count += result.status() == status ? 1 : 0;
        }
        return count;
    }

    /** Whether something is at least as loud. */
    private boolean found(Severity least) {
        for (CheckResult result : results) {
            for (Finding finding : result.findings()) {
                if (finding.severity().compareTo(least) <= 0) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Whether a family does not work: something was found that keeps it away.
     *
     * @return true if some finding is an {@link Severity#ERROR}
     */
    public boolean failed() {
        return found(Severity.ERROR);
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
        int unknown = count(CheckResult.Status.UNKNOWN);
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
        Set<String> titles = new LinkedHashSet<>();
        for (Finding finding : findings()) {
            if ((finding.severity() == Severity.REPAIRED) == repaired) {
                titles.add(finding.code().id() + " " + finding.code().title());
            }
        }
        return new ArrayList<>(titles);
    }

    /** The checks that could not tell, by their reason, for one fault often stops several. */
    private Map<String, List<String>> unknown() {
        Map<String, List<String>> byReason = new LinkedHashMap<>();
        for (CheckResult result : results) {
            if (result.status() == CheckResult.Status.UNKNOWN) {
                List<String> codes = byReason.get(result.reason());
                if (codes == null) {
                    codes = new ArrayList<>();
                    byReason.put(result.reason(), codes);
                }
                codes.add(result.code().id());
            }
        }
        return byReason;
    }

    private String serving() {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<Integer, Set<Family>> port : ports.entrySet()) {
            Set<Family> families = port.getValue();
            text.append("  ").append(port.getKey()).append("/tcp ");
            text.append(families.isEmpty() ? "nobody" : String.join(" ", names(families)));
            text.append(families.size() == Family.values().length && nativeIpv6() ? " native" : "");
        }
        return text.toString();
    }

    /** Whether the check of the address has passed. */
    private boolean nativeIpv6() {
        for (CheckResult result : results) {
            if (result.code() == FindingCode.NO_IPV6_ADDRESS && result.status() == CheckResult.Status.PASS) {
                return true;
            }
        }
        return false;
    }

    private static List<String> names(Set<Family> families) {
        List<String> names = new ArrayList<>();
        for (Family family : families) {
            names.add(family.toString());
        }
        return names;
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
        for (Map.Entry<String, List<String>> unknown : unknown().entrySet()) {
            text.append(String.join(", ", unknown.getValue())).append("  UNKNOWN\n");
            text.append("  reason: ").append(unknown.getKey()).append('\n');
        }
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
        List<Object> found = new ArrayList<>();
        for (Finding finding : findings()) {
            found.add(finding.toJson());
        }
        json.put("findings", found);
        List<Object> checks = new ArrayList<>();
        for (CheckResult result : results) {
            checks.add(result.toJson());
        }
        json.put("checks", checks);
        List<Object> served = new ArrayList<>();
        for (Map.Entry<Integer, Set<Family>> port : ports.entrySet()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("port", port.getKey());
            one.put("families", names(port.getValue()));
            served.add(one);
        }
        json.put("ports", served);
        List<Object> rows = new ArrayList<>();
        for (Listener listener : listeners) {
            rows.add(listener.toJson());
        }
        json.put("listeners", rows);
        json.put("problems", problems);
        return Json.write(json);
    }
}
