// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.FindingCode;
import dev.v6.dns.ResolvConf;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whether all that resolv.conf says is heard. */
final class ResolvConfCheck implements Check {
    @Override
    public FindingCode code() {
        return FindingCode.BAD_RESOLV_CONF;
    }

    @Override
    public CheckResult run(Facts facts) {
        Path file = facts.surroundings().resolvConf();
        try {
            ResolvConf conf = ResolvConf.read(file, facts.surroundings().environment());
            List<String> problems = new ArrayList<>(conf.problems());
            if (!conf.surplus().isEmpty()) {
                problems.add("Only the first three servers are asked, never "
                        + OnlyEmbeddedDnsCheck.names(conf.surplus()) + ".");
            }
            return problems.isEmpty()
                    ? CheckResult.pass(code(), file + " can be taken as it is.")
                    : CheckResult.fail(code(), file + ": " + String.join(" ", problems));
        } catch (IOException e) {
            return CheckResult.fail(code(), String.valueOf(e.getMessage()));
        }
    }
}
