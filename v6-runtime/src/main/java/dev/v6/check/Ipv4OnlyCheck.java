// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.Family;
import dev.v6.Finding;
import dev.v6.FindingCode;
import java.util.Optional;
import java.util.Set;

/** Wildcard sockets that refuse IPv6. */
final class Ipv4OnlyCheck implements ListenerCheck {
    @Override
    public FindingCode code() {
        return FindingCode.IPV4_ONLY;
    }

    @Override
    public CheckResult run(Facts facts) {
        return facts.mounted() && !facts.ipv6()
                ? CheckResult.skipped(code(), "No socket can serve IPv6 here: see " + FindingCode.IPV6_DISABLED.id())
                : ListenerCheck.super.run(facts);
    }

    @Override
    public Optional<Finding> look(PortView port, Facts facts) {
        return port.wildcard() && port.families().equals(Set.of(Family.IPV4))
                ? Optional.of(Finding.of(code(), facts.evidence(port)).withRemedy(BindRemedy.of(code(), port, facts)))
                : Optional.empty();
    }
}
