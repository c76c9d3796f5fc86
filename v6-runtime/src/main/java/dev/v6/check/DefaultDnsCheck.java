// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.Finding;
import dev.v6.FindingCode;
import java.nio.file.Path;
import java.util.List;

/** Whether the engine says that it put its own servers in the place of the host's. Engines before 26 do not say. */
final class DefaultDnsCheck implements Check {
    @Override
    public FindingCode code() {
        return FindingCode.DEFAULT_NAMESERVERS;
    }

    @Override
    public CheckResult run(Facts facts) {
        Path file = facts.surroundings().resolvConf();
        List<Finding> findings = CheckResult.ofKind(code(), facts.resolvConf().findings());
        return CheckResult.of(code(), findings, file + " says nothing of defaults.");
    }
}
