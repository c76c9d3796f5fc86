// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.AddressText;
import dev.v6.Finding;
import dev.v6.FindingCode;
import dev.v6.Outcome;
import dev.v6.Severity;
import dev.v6.probe.ProbeResult;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the service answers on each address that localhost names. Since Docker Engine 26 each container has ::1, so
 * health checks that take it first fail where the service is on 127.0.0.1 alone.
 */
final class LocalhostCheck implements Check {
    private static final String LOCALHOST = "localhost";

    @Override
    public FindingCode code() {
        return FindingCode.LOCALHOST_HALF_SERVED;
    }

    @Override
    public CheckResult run(Facts facts) {
        if (!facts.mounted()) {
            return CheckResult.unknown(code(), NO_PROC);
        }
        if (facts.ipv6() && !facts.looksUpIpv6()) {
            return CheckResult.skipped(code(), "This JVM has no IPv6: see " + FindingCode.PREFER_IPV4_STACK.id());
        }
        List<PortView> ports = new ArrayList<>();
        for (PortView port : facts.ports()) {
            if (!port.listeners().isEmpty()) {
                ports.add(port);
            }
        }
        if (ports.isEmpty()) {
            return CheckResult.skipped(code(), "Nothing listens" + (facts.portsNamed() ? " on the ports named." : "."));
        }
        Lookups.Answer answer = Lookups.of(
                        List.of(LOCALHOST), facts.surroundings().dns())
                .getOrDefault(LOCALHOST, new Lookups.Answer(List.of(), ""));
        if (answer.addresses().isEmpty()) {
            return CheckResult.unknown(
                    code(), "localhost has no address here: " + answer.why() + ". Add it to /etc/hosts.");
        }
        List<Finding> findings = new ArrayList<>();
        for (PortView port : ports) {
            look(port, answer.addresses(), facts, findings);
        }
        return CheckResult.of(code(), findings, named(answer.addresses()) + " and each answers, or none does.");
    }

    private static String named(List<InetAddress> addresses) {
        return "localhost is " + AddressText.of(addresses, ", then ") + " here";
    }

    private void look(PortView port, List<InetAddress> addresses, Facts facts, List<Finding> findings) {
        List<String> accepts = new ArrayList<>();
        List<String> refuses = new ArrayList<>();
        for (InetAddress address : addresses) {
            ProbeResult result = port.connect(address);
            if (result.accepted()) {
                accepts.add(AddressText.of(address, port.port()));
            } else if (result.outcome() == Outcome.REFUSED) {
                refuses.add(AddressText.of(address, port.port()));
            }
        }
        if (accepts.isEmpty() || refuses.isEmpty()) {
            return; // nobody who asks for localhost depends on which address is taken
        }
        Finding finding = Finding.of(
                        code(),
                        named(addresses) + "; " + String.join(", ", accepts) + " accepts and "
                                + String.join(", ", refuses) + " refuses: " + facts.evidence(port))
                .withRemedy(BindRemedy.of(code(), port, facts) + " Or have the health check ask for " + accepts.get(0)
                        + " instead of localhost.");
        // A debugger's or JMX's port may be on one loopback address for a reason.
        boolean aside = port.loopbackOnly() && !facts.portsNamed();
        findings.add(aside ? finding.withSeverity(Severity.INFO) : finding);
    }
}
