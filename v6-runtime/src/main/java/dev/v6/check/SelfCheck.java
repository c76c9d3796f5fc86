// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.Family;
import dev.v6.Finding;
import dev.v6.FindingCode;
import dev.v6.Severity;
import dev.v6.dns.Jvm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Looks for what keeps a service from being reached over both families, from the place where it runs. */
public final class SelfCheck {
    static final List<Check> CHECKS = List.of(
            new PreferIpv4StackCheck(),
            new PreferIpv6AddressesCheck(),
            new CachedForEverCheck(),
            new Ipv6DisabledCheck(),
            new Ipv6AddressCheck(),
            new Ipv6RouteCheck(),
            new AddressStateCheck(),
            new OnlyEmbeddedDnsCheck(),
            new ResolverCheck(FindingCode.EMBEDDED_NO_AAAA),
            new DefaultDnsCheck(),
            new ResolverCheck(FindingCode.UPSTREAM_OUT_OF_REACH),
            new ResolverCheck(FindingCode.NO_UPSTREAM),
            new ResolvConfCheck(),
            new ResolverCheck(FindingCode.RESOLVER_NOT_ASKED),
            new NeededNamesCheck(),
            new LoopbackOnlyCheck(),
            new Ipv4OnlyCheck(),
            new Ipv6OnlyCheck(),
            new NotListeningCheck(),
            new TwoSocketsCheck(),
            new OneAddressCheck(),
            new LocalhostCheck(),
            new NeededTargetsCheck());

    private final Surroundings surroundings;
    private final List<Check> checks;
    private final List<Finding> repaired;

    SelfCheck(Surroundings surroundings, List<Check> checks) {
        this(surroundings, checks, List.of());
    }

    private SelfCheck(Surroundings surroundings, List<Check> checks, List<Finding> repaired) {
        this.surroundings = surroundings;
        this.checks = checks;
        this.repaired = List.copyOf(repaired);
    }

    /**
     * A check that runs in the service's own JVM.
     *
     * @param ports the TCP ports that the service offers to others; with none, all listeners of this process are looked
     *     at, and those on loopback are merely mentioned
     * @return a check to run
     */
    public static SelfCheck of(List<Integer> ports) {
        return new SelfCheck(Surroundings.here(ports, true), CHECKS);
    }

    /**
     * A check, in the service's own JVM, of what can be told before it listens: the JVM and the kernel's view, codes 1xx
     * and 2xx.
     *
     * @return a check to run
     */
    public static SelfCheck beforeListening() {
        List<Check> early = new ArrayList<>();
        for (Check check : CHECKS) {
            if (check.code().compareTo(FindingCode.ONLY_EMBEDDED_DNS) < 0) {
                early.add(check);
            }
        }
        return new SelfCheck(Surroundings.here(List.of(), true), early);
    }

    /**
     * The same check, which also tells what was wrong and has been mended in this JVM.
     *
     * @param mended findings of severity {@link Severity#REPAIRED}
     * @return a check to run
     */
    public SelfCheck after(List<Finding> mended) {
        return new SelfCheck(surroundings, checks, mended);
    }

    /**
     * A check that runs beside the service, in the same network namespace. It looks at the flags of other JVMs instead of
     * its own.
     *
     * @param ports the TCP ports that the service offers to others; with none, all listeners of this network namespace
     *     are looked at, and those on loopback are merely mentioned
     * @return a check to run
     */
    public static SelfCheck beside(List<Integer> ports) {
        return new SelfCheck(Surroundings.here(ports, false), CHECKS);
    }

    /**
     * The same check without what can merely warn: it asks no server for names, and is quick enough to be run again and
     * again.
     *
     * @return a check to run
     */
    public SelfCheck errorsOnly() {
        List<Check> fatal = new ArrayList<>();
        for (Check check : checks) {
            if (check.code().severity() == Severity.ERROR) {
                fatal.add(check);
            }
        }
        return new SelfCheck(surroundings, fatal, repaired);
    }

    /**
     * Runs every check. Takes a moment, for the ports are connected to; throws nothing. It may be run again and again:
     * all is read anew, so addresses, routes and listeners that came or went meanwhile show.
     *
     * @return what they found
     */
    public Report run() {
        long began = System.nanoTime();
        Facts facts;
        try {
            facts = Facts.read(surroundings);
        } catch (RuntimeException | LinkageError e) {
            return new Report(
                    List.of(),
                    Map.of(),
                    List.of(),
                    List.of("The facts could not be read: " + e + "."),
                    "",
                    Duration.ofNanos(System.nanoTime() - began));
        }
        List<CheckResult> results = new ArrayList<>();
        for (Check check : checks) {
            results.add(run(check, facts).with(repaired));
        }
        for (Finding finding : repaired) {
            if (!told(finding.code(), results)) {
                results.add(CheckResult.pass(finding.code(), finding.evidence()).with(List.of(finding)));
            }
        }
        Map<Integer, Set<Family>> ports = new TreeMap<>();
        for (PortView port : facts.ports()) {
            ports.put(port.port(), port.families());
        }
        return new Report(
                results,
                ports,
                facts.listeners().rows(),
                facts.problems(),
                surroundings.insideService() ? Jvm.way() : "",
                Duration.ofNanos(System.nanoTime() - began));
    }

    private static boolean told(FindingCode code, List<CheckResult> results) {
        for (CheckResult result : results) {
            if (result.code() == code) {
                return true;
            }
        }
        return false;
    }

    private static CheckResult run(Check check, Facts facts) {
        try {
            return check.run(facts);
        } catch (RuntimeException | LinkageError e) {
            return CheckResult.unknown(check.code(), "The check itself broke: " + e + ". Please report this.");
        }
    }
}
