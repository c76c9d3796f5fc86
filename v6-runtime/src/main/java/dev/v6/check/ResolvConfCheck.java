// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.Finding;
import dev.v6.FindingCode;
import java.nio.file.Path;
import java.util.List;

/** Whether all that resolv.conf says is heard. */
final class ResolvConfCheck implements Check {
    @Override
    public FindingCode code() {
        return FindingCode.BAD_RESOLVER_FILE;
    }

    @Override
    public CheckResult run(Facts facts) {
        Path file = facts.surroundings().resolvConf();
        List<Finding> findings = CheckResult.ofKind(code(), facts.resolvConf().findings());
        return CheckResult.of(code(), findings, file + " can be taken as it is.");
    }
}
