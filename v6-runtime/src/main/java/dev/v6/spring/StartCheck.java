// SPDX-License-Identifier: Apache-2.0
package dev.v6.spring;

import dev.v6.Severity;
import dev.v6.check.CheckMode;
import dev.v6.check.Report;
import java.time.Duration;
import java.util.Optional;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Checks once, when the servers listen and before the application counts as ready for traffic: beside the start, so that
 * this takes no longer, or, where an error is to end it, within it. Logs through Spring's own façade: SLF4J where that is
 * there.
 */
final class StartCheck implements ApplicationListener<ApplicationStartedEvent> {
    /** Set by v6's agent where it checks this JVM itself. */
    static final String CHECKED_BY = "v6.check.by";

    static final String THREAD = "v6-self-check";
    private static final String AGENT = "agent";
    private static final Log LOG = LogFactory.getLog(StartCheck.class);

    private final ConfigurableApplicationContext context;
    private final SpringSettings settings;
    private final LatestReport latest;

    StartCheck(ConfigurableApplicationContext context, SpringSettings settings, LatestReport latest) {
        this.context = context;
        this.settings = settings;
        this.latest = latest;
    }

    @Override
    public void onApplicationEvent(ApplicationStartedEvent event) {
        if (event.getApplicationContext() != context) {
            return; // a child's, which is told to its parents, too
        }
        settings.complaints().forEach(complaint -> LOG.warn("v6: " + complaint));
        if (settings.mode() == CheckMode.FAIL) {
            Optional<Report> report = look();
            report.ifPresent(StartCheck::refuse);
            report.ifPresent(this::say);
        } else if (!byAgent()) {
            Thread thread = new Thread(() -> look().ifPresent(this::say), THREAD);
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static boolean byAgent() {
        return AGENT.equals(System.getProperty(CHECKED_BY));
    }

    private Optional<Report> look() {
        try {
            Optional<Report> report = latest.notOlderThan(Duration.ZERO);
            if (report.isEmpty()) {
                LOG.debug("v6: This application listens on no port of Spring Boot's, so none is checked.");
            }
            return report;
        } catch (RuntimeException | Error e) {
            LOG.warn("v6: The self-check broke: " + e + ". The application is not affected; please report this.");
            return Optional.empty();
        }
    }

    private static void refuse(Report report) {
        if (report.failed()) {
            throw new SelfCheckException(report.findings().stream()
                    .filter(finding -> finding.severity() == Severity.ERROR)
                    .toList());
        }
    }

    private void say(Report report) {
        if (byAgent() || !context.isActive()) { // one that is being closed listens no more
            return;
        }
        if (report.fine()) {
            LOG.info(report.summary());
        } else {
            LOG.warn(report.text().stripTrailing());
        }
    }
}
