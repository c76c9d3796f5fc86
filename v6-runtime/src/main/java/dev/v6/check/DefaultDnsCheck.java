// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.FindingCode;
import dev.v6.dns.ResolvConf;
import java.io.IOException;
import java.nio.file.Path;

/** Whether the engine says that it put its own servers in the place of the host's. Engines before 26 do not say. */
final class DefaultDnsCheck implements Check {
    @Override
    public FindingCode code() {
        return FindingCode.DEFAULT_DNS;
    }

    @Override
    public CheckResult run(Facts facts) {
        Path file = facts.surroundings().resolvConf();
        try {
            ResolvConf conf = ResolvConf.read(file, facts.surroundings().environment());
            String names = OnlyEmbeddedDnsCheck.names(conf.nameservers());
            return conf.defaults()
                    ? CheckResult.fail(code(), file + " says that default servers are used, and names " + names + ".")
                    : CheckResult.pass(code(), file + " says nothing of defaults.");
        } catch (IOException e) {
            return CheckResult.unknown(code(), String.valueOf(e.getMessage()));
        }
    }
}
