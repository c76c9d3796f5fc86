// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.FindingCode;

/** The stack: whether any socket here can use IPv6. An address that others reach and a route are other facts. */
final class Ipv6DisabledCheck implements Check {
    @Override
    public FindingCode code() {
        return FindingCode.IPV6_DISABLED;
    }

    @Override
    public CheckResult run(Facts facts) {
        if (!facts.mounted()) {
            return CheckResult.unknown(code(), NO_PROC);
        }
        if (facts.ipv6()) {
            return CheckResult.pass(
                    code(), "IPv6 is on: " + facts.addresses().rows().get(0));
        }
        if (!facts.surroundings().proc().ipv6InKernel()) {
            return CheckResult.fail(
                    code(), "There is no table if_inet6, so the kernel has no IPv6 here (ipv6.disable=1).");
        }
        if (!facts.addresses().problems().isEmpty()) {
            return CheckResult.unknown(code(), facts.addresses().problems().get(0));
        }
        String sysctl = facts.sysctls().disableIpv6("all").isPresent()
                ? " net.ipv6.conf.all.disable_ipv6 is "
                        + facts.sysctls().disableIpv6("all").getAsInt() + "."
                : "";
        return CheckResult.fail(code(), "No interface has an IPv6 address, not even ::1 on loopback." + sysctl);
    }
}
