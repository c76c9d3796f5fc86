// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.FindingCode;
import dev.v6.proc.InterfaceAddress;
import java.util.List;
import java.util.stream.Collectors;

/** The address: whether others can name this place over IPv6. Loopback and link-local do not count. */
final class Ipv6AddressCheck implements Check {
    @Override
    public FindingCode code() {
        return FindingCode.NO_IPV6_ADDRESS;
    }

    @Override
    public CheckResult run(Facts facts) {
        if (!facts.mounted()) {
            return CheckResult.unknown(code(), NO_PROC);
        }
        if (!facts.ipv6()) {
            return CheckResult.skipped(code(), "There is no IPv6 here at all: see " + FindingCode.IPV6_DISABLED.id());
        }
        List<InterfaceAddress> usable = usable(facts);
        if (!usable.isEmpty()) {
            return CheckResult.pass(code(), usable.get(0).toString());
        }
        String there = facts.addresses().rows().stream()
                .map(row -> row + (row.dadFailed() ? " (another node has it too)" : ""))
                .collect(Collectors.joining(", "));
        String off = facts.sysctls().interfaces().stream()
                .filter(name -> facts.sysctls().disableIpv6(name).orElse(0) == 1)
                .sorted()
                .map(name -> "; net.ipv6.conf." + name + ".disable_ipv6 is 1")
                .collect(Collectors.joining());
        return CheckResult.fail(code(), "The only IPv6 addresses are " + there + off);
    }

    static List<InterfaceAddress> usable(Facts facts) {
        return facts.addresses().rows().stream()
                .filter(row -> row.global() && !row.dadFailed())
                .toList();
    }
}
