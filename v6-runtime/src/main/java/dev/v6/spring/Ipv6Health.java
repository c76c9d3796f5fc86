// SPDX-License-Identifier: Apache-2.0
package dev.v6.spring;

import dev.v6.Family;
import dev.v6.Finding;
import dev.v6.check.CheckResult;
import dev.v6.check.Report;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the health contributor {@code ipv6} says, in words that no version of Spring Boot owns. What is found shows in the
 * details; the status stays UP, so that nobody's load balancer drops a service for it, unless the user wants that.
 */
final class Ipv6Health {
    private static final Duration KEPT = Duration.ofSeconds(10);
    private static final String UP = "UP";
    private static final String DOWN = "DOWN";
    private static final String UNKNOWN = "UNKNOWN";

    private final LatestReport latest;
    private final boolean downOnError;

    Ipv6Health(LatestReport latest, boolean downOnError) {
        this.latest = latest;
        this.downOnError = downOnError;
    }

    record Seen(String status, Map<String, Object> details) {}

    Seen look() {
        Optional<Report> report = latest.notOlderThan(KEPT);
        return report.isPresent()
                ? seen(report.get())
                : new Seen(UNKNOWN, Map.of("reason", "The application listens on no port yet, so none is checked."));
    }

    private Seen seen(Report report) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("summary", report.summary());
        Map<String, Object> ports = new LinkedHashMap<>();
        report.ports()
                .forEach((port, families) -> ports.put(
                        String.valueOf(port),
                        families.stream().map(Family::toString).toList()));
        details.put("ports", ports);
        details.put("findings", findings(report));
        List<String> unknown = report.results().stream()
                .filter(result -> result.status() == CheckResult.Status.UNKNOWN)
                .map(result -> result.code().id() + ": " + result.reason())
                .toList();
        if (!unknown.isEmpty()) {
            details.put("unknown", unknown);
        }
        return new Seen(downOnError && report.failed() ? DOWN : UP, details);
    }

    private static List<Map<String, Object>> findings(Report report) {
        return report.findings().stream().map(Finding::toJson).toList();
    }
}
