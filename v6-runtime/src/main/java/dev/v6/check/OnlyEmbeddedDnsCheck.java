// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.AddressText;
import dev.v6.FindingCode;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;

/** The servers that names go through. */
final class OnlyEmbeddedDnsCheck implements Check {
    private static final String EMBEDDED = "127.0.0.11";

    @Override
    public FindingCode code() {
        return FindingCode.ONLY_EMBEDDED_DNS;
    }

    @Override
    public CheckResult run(Facts facts) {
        Path file = facts.surroundings().resolvConf();
        if (!file.toFile().canRead()) {
            return CheckResult.unknown(code(), file + " is not there, or cannot be read.");
        }
        List<InetAddress> servers = facts.resolvConf().servers();
        return onlyEmbedded(servers)
                ? CheckResult.fail(code(), file + " names the server " + EMBEDDED + " and no other.")
                : CheckResult.pass(
                        code(),
                        file + (servers.isEmpty() ? " names no server." : " names " + AddressText.of(servers, ", ")));
    }

    private static boolean onlyEmbedded(List<InetAddress> servers) {
        for (InetAddress server : servers) {
            if (!AddressText.of(server).equals(EMBEDDED)) {
                return false;
            }
        }
        return !servers.isEmpty();
    }
}
