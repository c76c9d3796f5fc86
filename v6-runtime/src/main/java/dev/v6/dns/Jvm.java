// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import dev.v6.Finding;
import dev.v6.FindingCode;
import dev.v6.Setting;
import java.lang.instrument.Instrumentation;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How this JVM's look-ups, those of {@link InetAddress}, come to v6: on JDK 18 and later by presence on the class path (JEP
 * 418), on any JDK by the agent. {@code v6.dns} (V6_DNS in the environment, {@code dns=} among the agent's arguments) says
 * whether v6 answers: {@code auto} where resolv.conf names 127.0.0.11 or {@code v6.dns.servers} names servers, which is
 * so if nothing is set; {@code on}; {@code off}.
 */
public final class Jvm {
    /** The agent's copy of this class may be another one than the service's: only one of them is to answer. */
    private static final String HOOKED = "v6.dns.hooked";

    private static volatile @Nullable JvmNames names;

    /** As {@link #names}, for libraries that ask for v6 whatever {@code v6.dns} says of the JVM's own look-ups. */
    private static @Nullable JvmNames always;

    private static volatile boolean provider;

    private Jvm() {}

    static JvmLookups lookups() {
        return Door.LOOKUPS;
    }

    /** Apart, as a JVM in which v6 is switched off has no use for it. */
    private static final class Door {
        static final JvmLookups LOOKUPS = new JvmLookups(new Supplier<>() {
            // A lambda would be linked on the main thread, before the service's first line.
            @Override
            public @Nullable HostLookup get() {
                return names;
            }
        });
    }

    /**
     * Whether JDK 18's provider is to answer. Called under a lock that every look-up waits for: this waits for nobody and
     * never fails.
     */
    static boolean provide() {
        provider = true;
        try {
            if (Boolean.getBoolean(HOOKED)) {
                return false;
            }
            String complaint = DnsWish.complaint(null);
            if (complaint != null) {
                say(complaint);
            }
            return begin(DnsWish.mode(null));
        } catch (RuntimeException | Error e) {
            say("v6's resolver could not be started, and the JDK's own answers instead. Please report this: " + e);
            return false;
        }
    }

    private static synchronized boolean begin(DnsMode mode) {
        if (mode != DnsMode.OFF && names == null) {
            names = JvmNames.begin(mode, servers(), Path.of(DnsWish.RESOLV_CONF));
        }
        return names != null;
    }

    /** Who looks names up for a library that asks v6. */
    static synchronized HostLookup always() {
        JvmNames now = always;
        if (now == null) {
            now = JvmNames.begin(DnsMode.ON, servers(), Path.of(DnsWish.RESOLV_CONF));
            always = now;
        }
        return now;
    }

    /** Whether v6 is to look names up where the settings leave that open. It fails never. */
    static boolean wanted() {
        try {
            return DnsWish.wanted(null);
        } catch (RuntimeException | Error e) {
            return false;
        }
    }

    /**
     * Takes the place of the JVM's resolver, if that is wanted or its order is to change. To be called before the service's main
     * method: whatever is looked up later then comes here, however classes are loaded. It fails never; where the JVM
     * cannot be changed, it says so on standard error, and all is as without it.
     *
     * @param jvm what the JVM gives its agents
     * @param argument what the agent's argument {@code dns} says, null if it is not there; a property or the environment
     *     goes before it
     * @param wanted whether v6 is to answer, as {@link DnsWish#wanted} says
     * @param order whether addresses are to come in the order of RFC 6724 where the JVM would put IPv4 first, as it does
     *     if nothing is set, whoever looks them up
     * @return whether they will come in that order
     */
    public static boolean hook(Instrumentation jvm, @Nullable String argument, boolean wanted, boolean order) {
        try {
            DnsMode mode = DnsWish.mode(argument);
            boolean ordered = order && System.getProperty("java.net.preferIPv6Addresses") == null;
            if (System.getProperty("jdk.net.hosts.file") != null || !(wanted || ordered)) {
                return false;
            }
            System.setProperty(HOOKED, "true"); // before: looking for the resolver that is there loads the provider
            String other = FieldHook.install(jvm, lookups(), mode == DnsMode.ON);
            if (other == null) {
                lookups().inOrderOfRfc6724(ordered);
                if (wanted) {
                    begin(mode);
                }
                return ordered;
            }
            say(other + " answers this JVM's look-ups already, so v6 leaves them to it. Set v6.dns=on for v6 to go"
                    + " before it.");
        } catch (ReflectiveOperationException | RuntimeException | Error e) {
            say("This JVM's resolver could not be replaced, so names are looked up as without v6. Please report this: "
                    + e);
        }
        System.clearProperty(HOOKED);
        return false;
    }

    private static List<Server> servers() {
        String named = Setting.DNS_SERVERS.value();
        if (named.isEmpty()) {
            return List.of(); // without loading what reads them, before main
        }
        try {
            return Server.parse(named);
        } catch (IllegalArgumentException e) {
            say(e.getMessage() + " Until then it does not count.");
            return List.of();
        }
    }

    /** Not through a logger: setting one up is the service's, and may look names up. */
    static void say(String sentence) {
        System.err.println("v6: " + sentence);
    }

    /**
     * Where v6 answers this JVM's look-ups, sees whether the embedded DNS knows the IPv6 addresses of some names as well as
     * the upstreams do; what it finds is among the findings.
     *
     * @param hosts names that may be asked of the servers
     */
    public static void compareFamilies(List<String> hosts) {
        JvmNames running = names;
        if (running != null) {
            running.compareFamilies(hosts);
        }
    }

    /**
     * What keeps this JVM's look-ups from v6 where they should come here, and what v6 found out about the servers.
     *
     * @return none if nothing does
     */
    public static List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        JvmNames running = names;
        if (running != null) {
            findings.addAll(running.findings());
        }
        findings.addAll(notAsked());
        return findings;
    }

    /**
     * How this JVM looks names up.
     *
     * @return {@code direct} and the servers that answer, or {@code by the JDK}
     */
    public static String way() {
        JvmNames running = names;
        String servers = running == null ? "" : running.answering();
        return servers.isEmpty() ? "by the JDK" : "direct" + servers;
    }

    /** That look-ups do not come here, if so. */
    static List<Finding> notAsked() {
        String why = whyNotAsked();
        return why == null ? List.of() : List.of(Finding.of(FindingCode.RESOLVER_NOT_ASKED, why));
    }

    private static @Nullable String whyNotAsked() {
        if (Boolean.getBoolean(HOOKED) || !DnsWish.wanted(null)) {
            return null;
        }
        if (System.getProperty("jdk.net.hosts.file") != null) {
            return "-Djdk.net.hosts.file gives this JVM's names, and no resolver is asked.";
        }
        int version = Runtime.version().feature();
        if (version < 18) {
            return "JDK " + version + " takes no resolver from the class path, and v6's agent is not there.";
        }
        try {
            InetAddress.getByName("localhost"); // now the JVM has chosen its resolver, for good
        } catch (UnknownHostException e) {
            // It was asked nevertheless.
        }
        return provider
                ? null
                : "This JVM chose its resolver on a thread whose class loader does not see v6, as in a jar of nested jars, or"
                        + " found another one first.";
    }
}
