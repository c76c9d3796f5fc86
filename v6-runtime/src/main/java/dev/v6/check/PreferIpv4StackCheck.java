// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.Finding;
import dev.v6.FindingCode;
import java.util.ArrayList;
import java.util.List;

/** The flag that takes IPv6 from a JVM: in this one if it is the service's own, else in those beside it. */
final class PreferIpv4StackCheck implements Check {
    static final String PROPERTY = "java.net.preferIPv4Stack";

    private static final String READ_LAST = "_JAVA_OPTIONS";

    @Override
    public FindingCode code() {
        return FindingCode.PREFER_IPV4_STACK;
    }

    @Override
    public CheckResult run(Facts facts) {
        Surroundings surroundings = facts.surroundings();
        return surroundings.insideService() ? own(surroundings) : beside(facts);
    }

    private CheckResult own(Surroundings surroundings) {
        ServiceJvm jvm = ServiceJvm.own(surroundings);
        String value = jvm.property(PROPERTY);
        if (value == null || !value.equalsIgnoreCase("true")) {
            return CheckResult.pass(code(), PROPERTY + " is " + (value == null ? "not set" : "'" + value + "'"));
        }
        Finding finding = Finding.of(code(), evidence(jvm, value));
        return CheckResult.of(code(), List.of(finding.withRemedy(remedy(jvm))), "");
    }

    /** What this JVM's flag is, and where it comes from. */
    static String evidence(ServiceJvm jvm, String value) {
        return "This JVM runs with " + PROPERTY + "=" + value + ", set " + jvm.source(PROPERTY);
    }

    private CheckResult beside(Facts facts) {
        List<ServiceJvm> jvms = ServiceJvm.all(facts);
        List<Finding> findings = new ArrayList<>();
        for (ServiceJvm jvm : jvms) {
            JvmFlag flag = jvm.flag(PROPERTY);
            if (flag.isTrue()) {
                findings.add(Finding.of(code(), "-D" + PROPERTY + "=true " + flag.source() + " of " + jvm)
                        .withRemedy(remedy(jvm)));
            }
        }
        if (!jvms.isEmpty()) {
            return CheckResult.of(code(), findings, "Not set for " + jvms.size() + " JVM(s) beside this one.");
        }
        JvmFlag flag = JvmFlag.of(PROPERTY, facts.surroundings().environment());
        return flag.isTrue()
                ? CheckResult.of(
                        code(),
                        List.of(Finding.of(
                                        code(),
                                        "-D" + PROPERTY + "=true " + flag.source()
                                                + ", which every JVM started here obeys")
                                .withRemedy(remedy(flag))),
                        "")
                : CheckResult.skipped(code(), "No JVM of the service is to be seen from here.");
    }

    static String remedy(ServiceJvm jvm) {
        return remedy(jvm.flag(PROPERTY));
    }

    private static String remedy(JvmFlag flag) {
        if (!flag.isTrue()) {
            return "Take System.setProperty(\"" + PROPERTY
                    + "\", \"true\") out of the service's code, or of a library that"
                    + " it starts; v6's agent with fix=true undoes it.";
        }
        String outweigh = flag.source().endsWith(" " + READ_LAST)
                ? ""
                : " Where you cannot, set " + READ_LAST + "=-D" + PROPERTY
                        + "=false in the container's environment: a JVM reads it last.";
        return flag.remedy() + ". Without it one socket serves both families." + outweigh;
    }
}
