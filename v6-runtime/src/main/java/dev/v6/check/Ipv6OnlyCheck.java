// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.Family;
import dev.v6.Finding;
import dev.v6.FindingCode;
import java.util.Optional;
import java.util.Set;

/** Wildcard sockets that refuse IPv4: only a connect tells them from those that serve both. */
final class Ipv6OnlyCheck implements ListenerCheck {
    @Override
    public FindingCode code() {
        return FindingCode.IPV6_ONLY;
    }

    @Override
    public Optional<Finding> look(PortView port, Facts facts) {
        return port.wildcard() && port.families().equals(Set.of(Family.IPV6))
                ? Optional.of(Finding.of(code(), facts.evidence(port)))
                : Optional.empty();
    }
}
