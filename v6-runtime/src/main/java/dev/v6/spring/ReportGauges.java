// SPDX-License-Identifier: Apache-2.0
package dev.v6.spring;

import dev.v6.Family;
import dev.v6.Severity;
import dev.v6.check.Report;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;

/** How many findings there are, and which families each port serves, as gauges; the ports are known once they listen. */
final class ReportGauges implements ApplicationListener<ApplicationStartedEvent> {
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final ApplicationContext context;
    private final ObjectProvider<MeterRegistry> registries;
    private final LocalPorts ports;
    private final LatestReport latest;

    ReportGauges(
            ApplicationContext context,
            ObjectProvider<MeterRegistry> registries,
            LocalPorts ports,
            LatestReport latest) {
        this.context = context;
        this.registries = registries;
        this.ports = ports;
        this.latest = latest;
    }

    @Override
    public void onApplicationEvent(ApplicationStartedEvent event) {
        if (event.getApplicationContext() == context && !ports.all().isEmpty()) {
            registries.orderedStream().forEach(this::register);
        }
    }

    private void register(MeterRegistry registry) {
        for (Severity severity : Severity.values()) {
            Gauge.builder("v6.findings", () -> read(report -> count(report, severity)))
                    .description("What keeps the application from working over both families, by severity")
                    .tag("severity", severity.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        for (int port : ports.all()) {
            for (Family family : Family.values()) {
                Gauge.builder("v6.family.served", () -> read(report -> serves(report, port, family)))
                        .description("1 where others can reach the port over the family, else 0")
                        .tag("port", String.valueOf(port))
                        .tag("family", family.toString())
                        .register(registry);
            }
        }
    }

    private double read(Function<Report, Double> value) {
        return latest.notOlderThan(KEPT).map(value).orElse(Double.NaN);
    }

    private static double count(Report report, Severity severity) {
        return report.findings().stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }

    private static double serves(Report report, int port, Family family) {
        return report.ports().getOrDefault(port, Set.of()).contains(family) ? 1 : 0;
    }
}
