// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import dev.v6.Family;
import dev.v6.Finding;
import dev.v6.FindingCode;
import dev.v6.Protocol;
import dev.v6.proc.InterfaceAddress;
import dev.v6.proc.ProcFs;
import dev.v6.proc.Route6;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What this JVM and this network namespace have, put together for {@link DualStack#families()}. */
final class FamilyFacts {
    private FamilyFacts() {}

    static Families here() throws IOException {
        ProcFs proc = ProcFs.at(Path.of("/proc"));
        List<Finding> findings = new ArrayList<>(SelfProof.missing(Protocol.TCP));
        Set<Family> served = without(findings);
        boolean stack = served.contains(Family.IPV6);
        boolean address = proc.addresses().rows().stream().anyMatch(row -> row.global() && !row.dadFailed());
        boolean route = proc.routes().rows().stream().anyMatch(Route6::defaultRoute);
        if (stack && !address) {
            findings.add(Finding.of(
                    FindingCode.NO_IPV6_ADDRESS,
                    "The only IPv6 addresses are "
                            + proc.addresses().rows().stream()
                                    .map(InterfaceAddress::toString)
                                    .toList() + "."));
        } else if (stack && !route) {
            findings.add(Finding.of(FindingCode.NO_IPV6_ROUTE, "No route leads to ::/0."));
        }
        return new Families(served, stack, address, route, Collections.unmodifiableList(findings));
    }

    /** The families that no finding of {@link SelfProof} takes away. */
    static Set<Family> without(List<Finding> missing) {
        Set<Family> families = EnumSet.allOf(Family.class);
        for (Finding finding : missing) {
            families.remove(finding.code() == FindingCode.IPV6_ONLY ? Family.IPV4 : Family.IPV6);
        }
        return Collections.unmodifiableSet(families);
    }
}
