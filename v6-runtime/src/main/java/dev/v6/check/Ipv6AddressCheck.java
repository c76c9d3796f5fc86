// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.FindingCode;
import dev.v6.proc.InterfaceAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

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
        List<String> there = new ArrayList<>();
        for (InterfaceAddress row : facts.addresses().rows()) {
            there.add(row + (row.dadFailed() ? " (another node has it too)" : ""));
        }
        StringBuilder evidence = new StringBuilder("The only IPv6 addresses are " + String.join(", ", there));
        for (String name : new TreeSet<>(facts.sysctls().interfaces())) {
            if (facts.sysctls().disableIpv6(name).orElse(0) == 1) {
                evidence.append("; net.ipv6.conf.").append(name).append(".disable_ipv6 is 1");
            }
        }
        return CheckResult.fail(code(), evidence.toString());
    }

    static List<InterfaceAddress> usable(Facts facts) {
        List<InterfaceAddress> usable = new ArrayList<>();
        for (InterfaceAddress row : facts.addresses().rows()) {
            if (row.global() && !row.dadFailed()) {
                usable.add(row);
            }
        }
        return usable;
    }
}
