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
        return new Table<>(
                all.rows().stream().filter(listener -> !listener.embeddedDns()).toList(), all.problems());
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
        return listeners.rows().stream()
                .filter(listener -> listener.protocol() == Protocol.TCP)
                .toList();
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
        return port.evidence(listener -> {
            Holder holder = holder(listener);
            boolean self = holder != null && surroundings.insideService() && holder.pid() == surroundings.self();
            return holder == null || self ? "" : " (" + holder + ")";
        });
    }

    /** Who holds a socket, as far as that shows. To find out, all descriptors of all processes are read, once. */
    @Nullable
    Holder holder(Listener listener) {
        Map<Long, Holder> known = holders;
        if (known == null) {
            Set<Long> inodes = new HashSet<>();
            for (PortView port : ports.views()) {
                port.listeners().forEach(one -> inodes.add(one.inode()));
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

    /** Whether the engine says that it put its own servers, which are others' public ones, in the place of the host's. */
    boolean defaultServers() {
        return ResolvConf.read(surroundings.resolvConf()).findings().stream()
                .anyMatch(finding -> finding.code() == FindingCode.DEFAULT_NAMESERVERS);
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
