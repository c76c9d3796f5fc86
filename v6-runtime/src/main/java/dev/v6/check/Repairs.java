// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.Finding;
import dev.v6.FindingCode;
import dev.v6.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Mends in this JVM, before a service's main method, what can be mended there without harm, and says what it was. */
public final class Repairs {
    private Repairs() {}

    /**
     * Takes {@code java.net.preferIPv4Stack=true} back.
     *
     * @param networkInUse whether the JDK's network classes are there already: these have read the flag, once
     * @return what is mended, each of severity {@link Severity#REPAIRED}; none if nothing was wrong, or nothing helps
     */
    public static List<Finding> beforeMain(boolean networkInUse) {
        List<Finding> repaired = new ArrayList<>();
        String before = System.getProperty(PreferIpv4StackCheck.PROPERTY);
        if ("true".equalsIgnoreCase(before) && !networkInUse) {
            System.setProperty(PreferIpv4StackCheck.PROPERTY, "false");
            Properties as = new Properties();
            as.setProperty(PreferIpv4StackCheck.PROPERTY, before);
            repaired.add(mended(
                    FindingCode.PREFER_IPV4_STACK,
                    PreferIpv4StackCheck.evidence(Surroundings.here(List.of(), true), as)
                            + "; taken back before main."));
        }
        return repaired;
    }

    /**
     * That names' addresses come in another order than the JDK's.
     *
     * @return the finding
     */
    public static Finding ordered() {
        return mended(
                FindingCode.PREFER_IPV6_ADDRESSES,
                "The JDK puts IPv4 addresses first, whatever this place has; InetAddress now gives them in the order of"
                        + " RFC 6724, and loopback stays as it was.");
    }

    private static Finding mended(FindingCode code, String evidence) {
        return Finding.of(code, evidence).withSeverity(Severity.REPAIRED);
    }
}
