// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import dev.v6.Family;
import dev.v6.Finding;
import dev.v6.FindingCode;
import dev.v6.Protocol;
import dev.v6.proc.Listener;
import dev.v6.proc.ProcFs;
import dev.v6.proc.SocketHolders;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Who holds a port, as far as /proc tells this user. */
final class PortHolders {
    private final List<Listener> listeners;
    private final Map<Long, SocketHolders.Holder> holders;

    PortHolders(Path proc, Protocol protocol, int port) {
        this.listeners = ProcFs.at(proc).listeners().rows().stream()
                .filter(l -> l.protocol() == protocol && l.local().port() == port)
                .toList();
        this.holders =
                SocketHolders.of(proc, listeners.stream().map(Listener::inode).collect(Collectors.toSet()));
    }

    /** The families that are taken. */
    Set<Family> families() {
        Set<Family> families = EnumSet.noneOf(Family.class);
        listeners.forEach(listener -> families.addAll(listener.families()));
        return families;
    }

    /** That the port is taken, on which family and by whom. */
    Finding finding(int port) {
        if (listeners.isEmpty()) {
            return Finding.of(
                    FindingCode.PORT_TAKEN,
                    "Port " + port + " is in use, by a socket that this network namespace's tables do not show.");
        }
        Set<Family> taken = families();
        String on = taken.size() == 1 ? " on " + taken.iterator().next() + " alone" : "";
        return Finding.of(
                FindingCode.PORT_TAKEN,
                "Port " + port + " is taken" + on + " by "
                        + listeners.stream().map(this::describe).collect(Collectors.joining(" and by ")) + ".");
    }

    private String describe(Listener listener) {
        SocketHolders.Holder holder = holders.get(listener.inode());
        return listener.local() + (holder == null ? "" : " (" + holder + ")");
    }
}
