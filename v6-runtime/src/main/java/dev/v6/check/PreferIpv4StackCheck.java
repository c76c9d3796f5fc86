// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.Finding;
import dev.v6.FindingCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The flag that takes IPv6 from a JVM: in this one if it is the service's own, else in those beside it. */
final class PreferIpv4StackCheck implements Check {
    static final String PROPERTY = "java.net.preferIPv4Stack";

    @Override
    public FindingCode code() {
        return FindingCode.PREFER_IPV4_STACK;
    }

    @Override
    public CheckResult run(Facts facts) {
        Surroundings surroundings = facts.surroundings();
        return surroundings.insideService() ? own(surroundings) : beside(surroundings);
    }

    private CheckResult own(Surroundings surroundings) {
        String value = surroundings.properties().getProperty(PROPERTY);
        return "true".equalsIgnoreCase(value)
                ? CheckResult.fail(code(), evidence(surroundings, surroundings.properties()))
                : CheckResult.pass(code(), PROPERTY + " is " + (value == null ? "not set" : "'" + value + "'"));
    }

    /** What this JVM's flag is, and where it comes from. */
    static String evidence(Surroundings surroundings, Properties properties) {
        Path directory = surroundings.root().resolve(Long.toString(surroundings.self()));
        JvmProcess self = JvmProcess.read(directory, surroundings.self());
        JvmFlag flag = self == null
                ? JvmFlag.of(PROPERTY, surroundings.environment())
                : JvmFlag.of(PROPERTY, self, surroundings.environment());
        return "This JVM runs with " + PROPERTY + "=" + properties.getProperty(PROPERTY)
                + (flag.isTrue() ? ", set " + flag.source() : ", set by code or in a way that does not show here");
    }

    private CheckResult beside(Surroundings surroundings) {
        List<JvmProcess> processes = JvmProcesses.of(surroundings);
        List<Finding> findings = new ArrayList<>();
        for (JvmProcess process : processes) {
            Map<String, String> its = process.environment();
            JvmFlag flag = JvmFlag.of(PROPERTY, process, its == null ? surroundings.environment() : its);
            if (flag.isTrue()) {
                findings.add(Finding.of(code(), "-D" + PROPERTY + "=true " + flag.source() + " of " + process));
            }
        }
        if (!processes.isEmpty()) {
            return CheckResult.of(code(), findings, "Not set for " + processes.size() + " JVM(s) beside this one.");
        }
        JvmFlag flag = JvmFlag.of(PROPERTY, surroundings.environment());
        return flag.isTrue()
                ? CheckResult.fail(
                        code(), "-D" + PROPERTY + "=true " + flag.source() + ", which every JVM started here obeys")
                : CheckResult.skipped(code(), "No JVM of the service is to be seen from here.");
    }
}
