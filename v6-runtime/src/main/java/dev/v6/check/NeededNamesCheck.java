// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.AddressText;
import dev.v6.Family;
import dev.v6.Finding;
import dev.v6.FindingCode;
import dev.v6.Setting;
import dev.v6.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether the names that the service needs have addresses of both families, for the JVM that asks. */
final class NeededNamesCheck implements Check {
    @Override
    public FindingCode code() {
        return FindingCode.NAME_LACKS_FAMILY;
    }

    @Override
    public CheckResult run(Facts facts) {
        Map<String, Lookups.Answer> names = facts.names();
        if (names.isEmpty()) {
            return CheckResult.skipped(code(), Setting.CHECK_RESOLVE.property() + " names nothing to look up.");
        }
        List<Finding> findings = new ArrayList<>();
        List<String> fine = new ArrayList<>();
        for (Map.Entry<String, Lookups.Answer> named : names.entrySet()) {
            String name = named.getKey();
            Lookups.Answer answer = named.getValue();
            boolean noIpv4 = !answer.has(Family.IPV4);
            boolean noIpv6 = !answer.has(Family.IPV6);
            if (noIpv4 && noIpv6) {
                findings.add(Finding.of(code(), "'" + name + "' has no address: " + answer.why())
                        .withSeverity(Severity.ERROR)
                        .withRemedy("Check the name, and ask for it with the command resolve " + name
                                + ", which shows what each server says."));
            } else if (noIpv4 || (noIpv6 && facts.looksUpIpv6())) {
                findings.add(Finding.of(
                        code(),
                        "'" + name + "' has " + list(answer) + " and no " + (noIpv4 ? Family.IPV4 : Family.IPV6)
                                + " address"));
            } else {
                fine.add(name + " is " + list(answer));
            }
        }
        return CheckResult.of(code(), findings, String.join("; ", fine));
    }

    private static String list(Lookups.Answer answer) {
        return AddressText.of(answer.addresses(), ", ");
    }
}
