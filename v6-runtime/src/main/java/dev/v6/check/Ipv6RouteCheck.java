// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.AddressText;
import dev.v6.FindingCode;
import dev.v6.proc.InterfaceAddress;
import dev.v6.proc.Route6;
import java.util.List;

/** The route: whether IPv6 packets leave the network that this place is on. */
final class Ipv6RouteCheck implements Check {
    @Override
    public FindingCode code() {
        return FindingCode.NO_IPV6_ROUTE;
    }

    @Override
    public CheckResult run(Facts facts) {
        if (!facts.mounted()) {
            return CheckResult.unknown(code(), NO_PROC);
        }
        List<InterfaceAddress> addresses = Ipv6AddressCheck.usable(facts);
        if (addresses.isEmpty()) {
            return CheckResult.skipped(
                    code(),
                    "There is no address that could use a route: see " + FindingCode.IPV6_DISABLED.id() + ", "
                            + FindingCode.NO_IPV6_ADDRESS.id());
        }
        Route6 route = facts.defaultRoute();
        if (route != null) {
            return CheckResult.pass(
                    code(),
                    "The default route leads over " + AddressText.of(route.nextHop()) + " on " + route.interfaceName());
        }
        if (!facts.routes().problems().isEmpty()) {
            return CheckResult.unknown(code(), facts.routes().problems().get(0));
        }
        return CheckResult.fail(
                code(),
                "The address " + addresses.get(0) + " is there, and among "
                        + facts.routes().rows().size() + " IPv6 routes none leads to ::/0");
    }
}
