// SPDX-License-Identifier: Apache-2.0
package dev.v6;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * All that can be set for a running service: a system property, or, where that is not set, a variable of the environment
 * with the same words, {@code v6.check.resolve} and {@code V6_CHECK_RESOLVE}. The agent is among the first to run in a JVM,
 * so nothing here loads more of the JDK than it must.
 */
public enum Setting {
    /** {@code off}, {@code warn} or {@code fail}: whether the service is checked at its start, and what follows. */
    CHECK("v6.check"),
    /** The TCP ports that the service offers to others. */
    CHECK_PORTS("v6.check.ports"),
    /** How long the service's ports are waited for. */
    CHECK_TIMEOUT("v6.check.timeout"),
    /** Names that the service needs to look up. */
    CHECK_RESOLVE("v6.check.resolve"),
    /** Hosts and ports that the service needs to reach. */
    CHECK_CONNECT("v6.check.connect"),
    /** Where the report goes in JSON: a file, or a Unix socket that somebody listens on. */
    CHECK_REPORT("v6.check.report"),
    /** How often the check is run again. */
    CHECK_EVERY("v6.check.every"),
    /** Whether an error turns Spring Boot's health contributor {@code ipv6} from UP to DOWN. */
    HEALTH_FAIL("v6.health.fail"),
    /** Whether what is safe to mend is mended before the service's main method. */
    FIX("v6.fix"),
    /** {@code auto} opens a bridge to ports that turn out to be on loopback only. */
    BRIDGE("v6.bridge"),
    /** {@code auto}, {@code on} or {@code off}: whether v6 looks names up. */
    DNS("v6.dns"),
    /** The servers to ask. */
    DNS_SERVERS("v6.dns.servers"),
    /** Domains that the embedded DNS is asked for first. */
    DNS_DOMAINS("v6.dns.domains");

    private static final String PREFIX = "v6.";
    private static final String VARIABLE_PREFIX = "V6_";

    /** What v6's parts tell each other in one JVM; nobody sets them. */
    private static final List<String> OWN = List.of("v6.check.by", "v6.dns.hooked");

    private final String property;
    private final String variable;

    Setting(String property) {
        this.property = property;
        this.variable = variable(property);
    }

    /** Without the locale: in Turkey's, an i would become another letter. */
    private static String variable(String property) {
        StringBuilder name = new StringBuilder(property.length());
        for (int i = 0; i < property.length(); i++) {
            char c = property.charAt(i);
            name.append(c == '.' ? '_' : c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c);
        }
        return name.toString();
    }

    /**
     * The system property.
     *
     * @return its name
     */
    public String property() {
        return property;
    }

    /**
     * The agent's argument.
     *
     * @return the last word of the property's name
     */
    public String argument() {
        return property.substring(property.lastIndexOf('.') + 1);
    }

    /**
     * The variable of the environment.
     *
     * @return its name
     */
    public String variable() {
        return variable;
    }

    /**
     * What is set for this process.
     *
     * @return the property's value, else the variable's, else nothing, without blanks around it
     */
    public String value() {
        String value = System.getProperty(property);
        String other = value == null ? System.getenv(variable) : value;
        return other == null ? "" : other.strip();
    }

    /**
     * What is set and named nowhere here, although it looks as if it was meant to be.
     *
     * @param properties the system properties
     * @param environment the variables
     * @return a sentence each, none if all is well
     */
    public static List<String> complaints(Properties properties, Map<String, String> environment) {
        List<String> complaints = new ArrayList<>();
        for (String name : properties.stringPropertyNames()) {
            complain(name, PREFIX, "system property", complaints);
        }
        for (String name : environment.keySet()) {
            complain(name, VARIABLE_PREFIX, "environment variable", complaints);
        }
        return complaints;
    }

    private static void complain(String name, String prefix, String kind, List<String> complaints) {
        if (!name.startsWith(prefix)) {
            return;
        }
        boolean variable = prefix.equals(VARIABLE_PREFIX);
        List<String> known = new ArrayList<>();
        for (Setting setting : values()) {
            known.add(variable ? setting.variable : setting.property);
        }
        String nearest = nearest(name, known);
        if (nearest != null) {
            complaints.add("There is no " + kind + " " + name + ". Did you mean " + nearest + "?");
        }
    }

    /** None for a name that is known, or that may well be somebody else's. */
    private static @Nullable String nearest(String name, List<String> known) {
        return known.contains(name) || OWN.contains(name) ? null : Nearest.of(name, known);
    }
}
