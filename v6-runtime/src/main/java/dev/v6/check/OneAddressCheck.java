// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.Family;
import dev.v6.Finding;
import dev.v6.FindingCode;
import java.util.Optional;

/** Sockets bound to a concrete address that is not loopback, with nothing for the other family. */
final class OneAddressCheck implements ListenerCheck {
    @Override
    public FindingCode code() {
        return FindingCode.ONE_ADDRESS_ONLY;
    }

    @Override
    public Optional<Finding> look(PortView port, Facts facts) {
        boolean concrete = !port.wildcard() && !port.loopbackOnly();
        return concrete && port.families().size() < Family.values().length
                ? Optional.of(Finding.of(code(), facts.evidence(port)).withRemedy(BindRemedy.of(code(), port, facts)))
                : Optional.empty();
    }
}
