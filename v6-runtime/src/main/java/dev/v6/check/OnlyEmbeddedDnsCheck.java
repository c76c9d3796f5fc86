// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.AddressText;
import dev.v6.FindingCode;
import dev.v6.dns.ResolvConf;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

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
        if (!Files.isReadable(file)) {
            return CheckResult.unknown(code(), file + " is not there, or cannot be read.");
        }
        List<InetAddress> servers = ResolvConf.read(file).servers();
        boolean only = !servers.isEmpty()
                && servers.stream().allMatch(server -> AddressText.of(server).equals(EMBEDDED));
        return only
                ? CheckResult.fail(code(), file + " names the server " + EMBEDDED + " and no other.")
                : CheckResult.pass(
                        code(), file + (servers.isEmpty() ? " names no server." : " names " + names(servers)));
    }

    private static String names(List<InetAddress> servers) {
        return servers.stream().map(AddressText::of).collect(Collectors.joining(", "));
    }
}
