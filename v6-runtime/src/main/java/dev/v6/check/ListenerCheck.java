// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the checks of the listeners have in common: they look at one port after the other. */
interface ListenerCheck extends Check {

    /**
     * Looks at one port on which somebody listens.
     *
     * @param port what serves it
     * @param facts the rest
     * @return what is wrong with it
     */
    Optional<Finding> look(PortView port, Facts facts);

    @Override
    default CheckResult run(Facts facts) {
        if (!facts.mounted()) {
            return CheckResult.unknown(code(), NO_PROC);
        }
        List<Finding> findings = new ArrayList<>();
        List<String> fine = new ArrayList<>();
        for (PortView port : facts.ports()) {
            if (!port.listeners().isEmpty()) {
                Optional<Finding> finding = look(port, facts);
                if (finding.isPresent()) {
                    findings.add(finding.get());
                }
                fine.add(port.evidence(List.of()));
            }
        }
        return fine.isEmpty()
                ? CheckResult.skipped(code(), "Nothing listens" + (facts.portsNamed() ? " on the ports named." : "."))
                : CheckResult.of(code(), findings, Few.of(fine, "; "));
    }
}
