// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.Protocol;
import dev.v6.proc.InterfaceAddress;
import dev.v6.proc.Listener;
import dev.v6.proc.Route6;
import dev.v6.proc.Sysctls;
import dev.v6.proc.Table;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What was read of a place, once for all checks, so that these do not contradict each other. */
final class Facts {
    private final Surroundings surroundings;
    private final Table<Listener> listeners;
    private final Table<InterfaceAddress> addresses;
    private final Table<Route6> routes;
    private final Sysctls sysctls;
    private final List<PortView> ports;

    private Facts(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.addresses = surroundings.proc().addresses();
        this.routes = surroundings.proc().routes();
        this.sysctls = surroundings.proc().sysctls();
        // Without a word on ports, what other processes beside the service listen on is not its business.
        boolean own = surroundings.insideService() && !portsNamed();
        Table<Listener> all = own
                ? surroundings.proc().listenersOf(surroundings.self())
                : surroundings.proc().listeners();
        this.listeners = new Table<>(
                all.rows().stream().filter(listener -> !listener.embeddedDns()).toList(), all.problems());
        this.ports = PortViews.of(portsToLookAt(), tcpListeners(), new OwnAddresses(addresses.rows()));
    }

    static Facts read(Surroundings surroundings) {
        return new Facts(surroundings);
    }

    private Set<Integer> portsToLookAt() {
        if (portsNamed()) {
            return new TreeSet<>(surroundings.ports());
        }
        Set<Integer> all = new TreeSet<>();
        for (Listener listener : tcpListeners()) {
            all.add(listener.local().port());
        }
        return all;
    }

    private List<Listener> tcpListeners() {
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

    /** The ports that were named, or all that somebody listens on. */
    List<PortView> ports() {
        return ports;
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
        return new ArrayList<>(all);
    }
}
