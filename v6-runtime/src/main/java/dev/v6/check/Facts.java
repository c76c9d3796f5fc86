// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.Finding;
import dev.v6.FindingCode;
import dev.v6.Protocol;
import dev.v6.dns.ResolvConf;
import dev.v6.proc.InterfaceAddress;
import dev.v6.proc.Listener;
import dev.v6.proc.Route6;
import dev.v6.proc.SocketHolders;
import dev.v6.proc.SocketHolders.Holder;
import dev.v6.proc.Sysctls;
import dev.v6.proc.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What was read of a place, once for all checks, so that these do not contradict each other. */
final class Facts {
    private final Surroundings surroundings;
    private final Table<Listener> listeners;
    private final Table<InterfaceAddress> addresses;
    private final Table<Route6> routes;
    private final Sysctls sysctls;
    private final PortViews ports;
    private final Map<String, Lookups.Answer> names;

    private @Nullable Map<Long, Holder> holders;
    private @Nullable ResolvConf resolvConf;
    private @Nullable List<Finding> dnsFindings;

    private Facts(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.addresses = surroundings.proc().addresses();
        this.routes = surroundings.proc().routes();
        this.sysctls = surroundings.proc().sysctls();
        Table<Listener> all = withoutEmbeddedDns(surroundings.proc().listeners());
        // Without a word on ports, what other processes beside the service listen on is not its business.
        boolean own = surroundings.insideService() && !portsNamed();
        this.listeners = own ? surroundings.proc().heldBy(surroundings.self(), all) : all;
        // But who shares a port with it is.
        this.ports = PortViews.of(portsToLookAt(), portsNamed(), tcp(all), new OwnAddresses(addresses.rows()));
        this.names = Lookups.of(surroundings.needs().names(), surroundings.dns());
    }

    static Facts read(Surroundings surroundings) {
        return new Facts(surroundings);
    }

    private static Table<Listener> withoutEmbeddedDns(Table<Listener> all) {
        List<Listener> others = new ArrayList<>();
        for (Listener listener : all.rows()) {
            if (!listener.embeddedDns()) {
                others.add(listener);
            }
        }
        return new Table<>(others, all.problems());
    }

    private Set<Integer> portsToLookAt() {
        if (portsNamed()) {
            return new TreeSet<>(surroundings.ports());
        }
        Set<Integer> all = new TreeSet<>();
        for (Listener listener : tcp(listeners)) {
            all.add(listener.local().port());
        }
        return all;
    }

    private static List<Listener> tcp(Table<Listener> listeners) {
        List<Listener> tcp = new ArrayList<>();
        for (Listener listener : listeners.rows()) {
            if (listener.protocol() == Protocol.TCP) {
                tcp.add(listener);
            }
        }
        return tcp;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    /** Whether the user said which ports are the service's. */
    boolean portsNamed() {
        return !surroundings.ports().isEmpty();
    }

    /** Whether there is a proc file system to read. */
    boolean mounted() {
        return surroundings.proc().mounted();
    }

    /** Whether sockets can use IPv6 here: some interface has an address, be it loopback alone. */
    boolean ipv6() {
        return !addresses.rows().isEmpty();
    }

    /** The ports that were named, or those that somebody listens on. */
    List<PortView> ports() {
        return ports.views();
    }

    /** The same with the processes that hold the sockets, where these show and are others than this service. */
    String evidence(PortView port) {
        List<String> holders = new ArrayList<>();
        for (Listener listener : port.listeners()) {
            Holder holder = holder(listener);
            boolean self = holder != null && surroundings.insideService() && holder.pid() == surroundings.self();
            holders.add(holder == null || self ? "" : " (" + holder + ")");
        }
        return port.evidence(holders);
    }

    /** Who holds a socket, as far as that shows. To find out, all descriptors of all processes are read, once. */
    @Nullable
    Holder holder(Listener listener) {
        Map<Long, Holder> known = holders;
        if (known == null) {
            Set<Long> inodes = new HashSet<>();
            for (PortView port : ports.views()) {
                for (Listener one : port.listeners()) {
                    inodes.add(one.inode());
                }
            }
            known = SocketHolders.of(surroundings.root(), inodes);
            holders = known;
        }
        return known.get(listener.inode());
    }

    /** What became of the names that the service needs. */
    Map<String, Lookups.Answer> names() {
        return names;
    }

    /** What the resolver's configuration says. */
    ResolvConf resolvConf() {
        ResolvConf known = resolvConf;
        if (known == null) {
            known = ResolvConf.read(surroundings.resolvConf());
            resolvConf = known;
        }
        return known;
    }

    /** Whether the engine says that it put its own servers, which are others' public ones, in the place of the host's. */
    boolean defaultServers() {
        return !CheckResult.ofKind(FindingCode.DEFAULT_NAMESERVERS, resolvConf().findings())
                .isEmpty();
    }

    /** What is found of the servers, which are asked once for all checks. */
    List<Finding> dnsFindings() {
        List<Finding> known = dnsFindings;
        if (known == null) {
            known = surroundings
                    .dns()
                    .findings(surroundings.resolvConf(), surroundings.needs().names());
            dnsFindings = known;
        }
        return known;
    }

    /** Whether a look-up here asks for IPv6 addresses at all: a JVM without an IPv6 socket does not. */
    boolean looksUpIpv6() {
        return ipv6() && !Boolean.parseBoolean(surroundings.properties().getProperty(PreferIpv4StackCheck.PROPERTY));
    }

    /** The listeners without Docker's embedded DNS, which is no part of a service. */
    Table<Listener> listeners() {
        return listeners;
    }

    Table<InterfaceAddress> addresses() {
        return addresses;
    }

    Table<Route6> routes() {
        return routes;
    }

    /** The first route for everywhere; null if there is none. */
    @Nullable
    Route6 defaultRoute() {
        for (Route6 route : routes.rows()) {
            if (route.defaultRoute()) {
                return route;
            }
        }
        return null;
    }

    Sysctls sysctls() {
        return sysctls;
    }

    List<String> problems() {
        Set<String> all = new LinkedHashSet<>(listeners.problems());
        all.addAll(addresses.problems());
        all.addAll(routes.problems());
        all.addAll(sysctls.problems());
        all.addAll(ports.notes());
        all.addAll(surroundings.needs().complaints());
        return new ArrayList<>(all);
    }
}
