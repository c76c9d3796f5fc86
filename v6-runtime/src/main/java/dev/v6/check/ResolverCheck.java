// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.Finding;
import dev.v6.FindingCode;
import dev.v6.dns.Jvm;
import java.util.List;

/** What v6's resolver in this JVM has found out, of one kind. */
final class ResolverCheck implements Check {
    private final FindingCode code;

    ResolverCheck(FindingCode code) {
        this.code = code;
    }

    @Override
    public FindingCode code() {
        return code;
    }

    @Override
    public CheckResult run(Facts facts) {
        if (!facts.surroundings().insideService()) {
            return CheckResult.skipped(code, "Only the service's own JVM can tell.");
        }
        List<Finding> findings = Jvm.findings().stream()
                .filter(finding -> finding.code() == code)
                .toList();
        return CheckResult.of(code, findings, "v6's resolver has found nothing of the kind.");
    }
}
