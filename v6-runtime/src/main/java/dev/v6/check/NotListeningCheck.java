// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.Finding;
import dev.v6.FindingCode;
import dev.v6.proc.Listener;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Ports that were named and that nobody serves. */
final class NotListeningCheck implements Check {
    private static final String REMEDY =
            "Check the port's number against the service's configuration, and look into its"
                    + " log for why it does not listen.";

    @Override
    public FindingCode code() {
        return FindingCode.NOT_LISTENING;
    }

    @Override
    public CheckResult run(Facts facts) {
        if (!facts.portsNamed()) {
            return CheckResult.skipped(code(), "No port was named.");
        }
        if (!facts.mounted()) {
            return CheckResult.unknown(code(), NO_PROC);
        }
        List<Finding> findings = new ArrayList<>();
        for (PortView port : facts.ports()) {
            if (port.listeners().isEmpty()) {
                String evidence = "No TCP socket listens on port " + port.port() + ". " + others(facts);
                findings.add(Finding.of(code(), evidence).withRemedy(REMEDY));
            } else if (port.wildcard() && port.families().isEmpty()) {
                findings.add(
                        Finding.of(code(), facts.evidence(port)).withRemedy(REMEDY)); // closed since the table was read
            }
        }
        boolean whole = facts.listeners().problems().isEmpty()
                || !facts.surroundings().proc().ipv6InKernel(); // tcp6 and udp6 are missing then, and rightly so
        return findings.isEmpty() || whole
                ? CheckResult.of(code(), findings, "Somebody listens on each port named.")
                : CheckResult.unknown(code(), facts.listeners().problems().get(0));
    }

    private static String others(Facts facts) {
        Set<String> others = new LinkedHashSet<>();
        for (Listener listener : facts.listeners().rows()) {
            others.add(listener.toString());
        }
        return others.isEmpty()
                ? "Nothing listens here at all."
                : "What listens here: " + Few.of(new ArrayList<>(others), ", ") + ".";
    }
}
