// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.Family;
import dev.v6.Finding;
import dev.v6.FindingCode;
import dev.v6.Severity;
import dev.v6.proc.Listener;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The order in which a JVM has the families of a name. The JDK hides no address, but most programs take the first one
 * alone: it hides the other family from them, and that is a fault where only the other one leads anywhere.
 */
final class PreferIpv6AddressesCheck implements Check {
    private static final String PROPERTY = "java.net.preferIPv6Addresses";

    @Override
    public FindingCode code() {
        return FindingCode.PREFER_IPV6_ADDRESSES;
    }

    @Override
    public CheckResult run(Facts facts) {
        if (!facts.mounted()) {
            return CheckResult.unknown(code(), NO_PROC);
        }
        Set<Family> ways = ways(facts);
        List<ServiceJvm> jvms = ServiceJvm.all(facts);
        if (jvms.isEmpty()) {
            return CheckResult.skipped(code(), "No JVM of the service is to be seen from here.");
        }
        List<Finding> findings = new ArrayList<>();
        List<String> fine = new ArrayList<>();
        for (ServiceJvm jvm : jvms) {
            String value = jvm.property(PROPERTY);
            Family first = first(value);
            String set = PROPERTY + (value == null ? " is not set" : " is '" + value + "'") + " for " + jvm;
            if (first != null && ways.size() == 1 && !ways.contains(first)) {
                findings.add(Finding.of(
                        code(),
                        set + ", so a name's " + first
                                + " addresses come first, and the only default route here is one of "
                                + ways.iterator().next()));
            } else {
                fine.add(set);
            }
            if (value != null && first != Family.IPV4) {
                moved(facts, set, findings);
            }
        }
        return CheckResult.of(code(), findings, String.join("; ", fine));
    }

    /** Trap 22: loopback is ::1 then, and who asks for 127.0.0.1 finds nobody. */
    private void moved(Facts facts, String set, List<Finding> findings) {
        for (PortView port : facts.ports()) {
            if (port.loopbackOnly() && ipv6(port.listeners())) {
                findings.add(Finding.of(
                                code(), set + ", and port " + port.port() + " is on ::1 alone: " + facts.evidence(port))
                        .withSeverity(Severity.INFO)
                        .withRemedy("Bind the address that its clients use, 127.0.0.1 or ::1, by itself: with "
                                + PROPERTY
                                + " getLoopbackAddress(), which debuggers, JMX and management ports take, is ::1."));
            }
        }
    }

    private static boolean ipv6(List<Listener> listeners) {
        for (Listener listener : listeners) {
            if (Family.of(listener.local().address()) != Family.IPV6) {
                return false;
            }
        }
        return true;
    }

    /** Null where the operating system decides. */
    private static @Nullable Family first(@Nullable String value) {
        if ("system".equalsIgnoreCase(value)) {
            return null;
        }
        return "true".equalsIgnoreCase(value) ? Family.IPV6 : Family.IPV4;
    }

    /** The families with a way out. */
    private static Set<Family> ways(Facts facts) {
        Set<Family> ways = EnumSet.noneOf(Family.class);
        if (facts.surroundings().proc().ipv4DefaultRoute()) {
            ways.add(Family.IPV4);
        }
        boolean address = !Ipv6AddressCheck.usable(facts).isEmpty();
        if (address && facts.defaultRoute() != null) {
            ways.add(Family.IPV6);
        }
        return ways;
    }
}
