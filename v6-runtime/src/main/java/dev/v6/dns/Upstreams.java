// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import dev.v6.Finding;
import dev.v6.FindingCode;
import dev.v6.Severity;
import dev.v6.dns.EngineNotes.ExtServer;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Whom to ask.
 *
 * @param servers who answers for the outside world, in the order in which they are asked
 * @param system who else knows names: the embedded DNS where there is one, else resolv.conf's servers where the user
 *     names others
 * @param unproven the servers of the engine that are to be asked once before they count
 * @param findings why there are not more
 */
record Upstreams(List<Server> servers, List<Server> system, List<Server> unproven, List<Finding> findings) {

    /**
     * Puts together what the user, the file and the engine name. Those of the engine count only where they answer from
     * here: it may ask them from another network.
     *
     * @param named what the user names, which stands for all else
     * @param conf resolv.conf
     * @param reach what is known of the engine's servers
     */
    static Upstreams choose(List<Server> named, ResolvConf conf, Function<Server, Reach> reach) {
        Set<Server> file = new LinkedHashSet<>();
        Set<Server> embedded = new LinkedHashSet<>();
        for (InetAddress address : conf.servers()) {
            Server server = Server.of(address, Server.Origin.FILE);
            (server.embedded() ? embedded : file).add(server);
        }
        if (!named.isEmpty()) {
            List<Server> servers = new ArrayList<>(new LinkedHashSet<>(named));
            servers.removeIf(Server::embedded);
            Set<Server> system = embedded.isEmpty() ? file : embedded;
            return new Upstreams(servers, without(system, servers), List.of(), List.of());
        }
        List<Server> servers = new ArrayList<>(file);
        List<Server> unproven = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        for (ExtServer told : conf.engine().servers()) {
            Server server = Server.of(told.address(), Server.Origin.ENGINE);
            if (ofTheHostAlone(told) || server.embedded() || known(servers, server)) {
                continue;
            }
            switch (reach.apply(server)) {
                case UNPROVEN -> unproven.add(server);
                case ANSWERS -> servers.add(server);
                case SILENT -> findings.add(outOfReach(server, told));
            }
        }
        if (servers.isEmpty() && unproven.isEmpty() && !embedded.isEmpty()) {
            findings.add(Finding.of(
                    FindingCode.NO_UPSTREAM,
                    "resolv.conf names " + embedded.iterator().next() + " alone, and "
                            + (conf.engine().servers().isEmpty()
                                    ? "says of no server behind it."
                                    : "none of the servers behind it answers from here.")));
        }
        return new Upstreams(servers, List.copyOf(embedded), unproven, findings);
    }

    /** Of the host's loopback or one of its links: not the server of that address here. */
    private static boolean ofTheHostAlone(ExtServer told) {
        InetAddress address = told.address();
        return told.fromHost()
                && (address.isLoopbackAddress()
                        || address.isLinkLocalAddress()
                        || (address instanceof Inet6Address ipv6 && ipv6.getScopeId() != 0));
    }

    private static boolean known(List<Server> servers, Server server) {
        return servers.stream().anyMatch(other -> other.address().equals(server.address()));
    }

    private static List<Server> without(Set<Server> system, List<Server> servers) {
        return system.stream().filter(server -> !known(servers, server)).toList();
    }

    private static Finding outOfReach(Server server, ExtServer told) {
        Finding finding = Finding.of(
                FindingCode.UPSTREAM_OUT_OF_REACH,
                "The engine asks " + server + (told.fromHost() ? " from the host's network" : "")
                        + "; asked from here it does not answer.");
        // The engine still asks it for us, so nothing is lost but the shorter way.
        return told.fromHost() ? finding.withSeverity(Severity.INFO) : finding;
    }
}
