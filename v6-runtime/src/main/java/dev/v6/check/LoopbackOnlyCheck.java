// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.Finding;
import dev.v6.FindingCode;
import dev.v6.Severity;
import java.util.Optional;

/** Sockets that hear nobody outside their own network namespace. */
final class LoopbackOnlyCheck implements ListenerCheck {
    @Override
    public FindingCode code() {
        return FindingCode.LOOPBACK_ONLY;
    }

    @Override
    public Optional<Finding> look(PortView port, Facts facts) {
        if (!port.loopbackOnly()) {
            return Optional.empty();
        }
        Finding finding = Finding.of(code(), facts.evidence(port)).withRemedy(BindRemedy.of(code(), port, facts));
        // Debug and management ports belong on loopback: without a word from the user this may be one.
        return Optional.of(facts.portsNamed() ? finding : finding.withSeverity(Severity.INFO));
    }
}
