// SPDX-License-Identifier: Apache-2.0
package dev.v6.spring;

import dev.v6.Finding;
import dev.v6.FindingCode;
import dev.v6.check.CheckResult;
import dev.v6.check.Report;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;

/** The property that bound a server to an address, and where it stands: what is to be changed in Spring Boot. */
final class ServerAddress {
    private static final String SERVER = "server.address";
    private static final String MANAGEMENT = "management.server.address";
    private static final Set<FindingCode> BOUND_TO_TOO_LITTLE =
            EnumSet.of(FindingCode.LOOPBACK_ONLY, FindingCode.ONE_ADDRESS_ONLY);

    private final ConfigurableEnvironment environment;
    private final LocalPorts ports;

    ServerAddress(ConfigurableEnvironment environment) {
        this.environment = environment;
        this.ports = new LocalPorts(environment);
    }

    /**
     * The same report, with remedies that name the property.
     *
     * @param report what was found
     * @return the report, or a copy
     */
    Report named(Report report) {
        return new Report(
                report.results().stream().map(this::named).toList(),
                report.ports(),
                report.listeners(),
                report.problems(),
                report.names(),
                report.took());
    }

    private CheckResult named(CheckResult result) {
        return new CheckResult(
                result.code(),
                result.status(),
                result.reason(),
                result.findings().stream().map(this::named).toList());
    }

    private Finding named(Finding finding) {
        if (!BOUND_TO_TOO_LITTLE.contains(finding.code())) {
            return finding;
        }
        for (String property : new String[] {SERVER, MANAGEMENT}) {
            String address = environment.getProperty(property);
            Integer port = property.equals(SERVER) ? ports.server() : ports.management();
            if (address != null && isAbout(finding, port)) {
                return finding.withRemedy("Remove " + property + "=" + address
                        + SpringSettings.origin(environment, property) + ", or set " + property
                        + "=:: instead: either way Spring Boot listens on IPv4 and IPv6.");
            }
        }
        return finding;
    }

    private static boolean isAbout(Finding finding, @Nullable Integer port) {
        return port != null
                && Pattern.compile(":" + port + "(?![\\w:\\]])")
                        .matcher(finding.evidence())
                        .find();
    }
}
