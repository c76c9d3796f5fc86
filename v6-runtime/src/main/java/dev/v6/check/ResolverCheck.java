// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.Finding;
import dev.v6.FindingCode;
import java.nio.file.Path;
import java.util.List;

/** What was found out about the servers, of one kind. */
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
        if (code == FindingCode.RESOLVER_NOT_ASKED && !facts.surroundings().insideService()) {
            return CheckResult.skipped(code, "Only the service's own JVM can tell.");
        }
        boolean own = facts.surroundings().insideService();
        if (!own
                && facts.defaultServers()
                && facts.surroundings().needs().names().isEmpty()) {
            return CheckResult.skipped(
                    code, "Servers that nobody chose (V6-303) are not asked from beside the service.");
        }
        List<Finding> findings = CheckResult.ofKind(code, facts.dnsFindings());
        Path file = facts.surroundings().resolvConf();
        return findings.isEmpty() && !file.toFile().canRead()
                ? CheckResult.unknown(code, file + " is not there, or cannot be read.")
                : CheckResult.of(code, findings, "Nothing of the kind has shown.");
    }
}
