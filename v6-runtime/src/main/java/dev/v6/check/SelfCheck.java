// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.Family;
import dev.v6.FindingCode;
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

    SelfCheck(Surroundings surroundings, List<Check> checks) {
        this.surroundings = surroundings;
        this.checks = checks;
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
     * Runs every check. Takes a moment, for the ports are connected to; throws nothing. It may be run again and again:
     * all is read anew, so addresses, routes and listeners that came or went meanwhile show.
     *
     * @return what they found
     */
    public Report run() {
        Facts facts;
        try {
            facts = Facts.read(surroundings);
        } catch (RuntimeException | LinkageError e) {
            return new Report(List.of(), Map.of(), List.of(), List.of("The facts could not be read: " + e + "."));
        }
        List<CheckResult> results = new ArrayList<>();
        for (Check check : checks) {
            results.add(run(check, facts));
        }
        Map<Integer, Set<Family>> ports = new TreeMap<>();
        for (PortView port : facts.ports()) {
            ports.put(port.port(), port.families());
        }
        return new Report(results, ports, facts.listeners().rows(), facts.problems());
    }

    private static CheckResult run(Check check, Facts facts) {
        try {
            return check.run(facts);
        } catch (RuntimeException | LinkageError e) {
            return CheckResult.unknown(check.code(), "The check itself broke: " + e + ". Please report this.");
        }
    }
}
