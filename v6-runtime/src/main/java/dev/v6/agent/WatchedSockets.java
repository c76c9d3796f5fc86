// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import dev.v6.Family;
import dev.v6.Protocol;
import dev.v6.proc.ProcFs;
import dev.v6.proc.SocketEntry;
import dev.v6.proc.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The rows of the socket tables that a witness cares for: listeners, and connections to the ports it watches. A reading
 * of tcp or tcp6 costs the kernel milliseconds, so between readings of all only those are read again where connections
 * to these ports can turn up: the ones that their listeners stand in.
 */
final class WatchedSockets implements Predicate<SocketEntry> {
    private final ProcFs proc;
    private final Set<Integer> ports;
    private final List<Slot> slots = new ArrayList<>();

    private boolean settled;

    WatchedSockets(ProcFs proc, Set<Integer> ports) {
        this.proc = proc;
        this.ports = ports;
        for (Protocol protocol : Protocol.values()) {
            for (Family family : Family.values()) {
                slots.add(new Slot(protocol, family));
            }
        }
    }

    /** Which rows are worth an address. */
    @Override
    public boolean test(SocketEntry socket) {
        return socket.listening() || watched(socket);
    }

    private boolean watched(SocketEntry socket) {
        return socket.protocol() == Protocol.TCP
                && ports.contains(socket.local().port());
    }

    /** Whether each of the ports has a listener. */
    boolean settled() {
        return settled;
    }

    void readAll() {
        for (Slot slot : slots) {
            slot.read();
        }
        settle();
    }

    /** Reads again where connections to the ports can turn up. */
    void readWatched() {
        for (Slot slot : slots) {
            if (slot.watched) {
                slot.read();
            }
        }
        settle();
    }

    private void settle() {
        Set<Integer> listening = new HashSet<>();
        for (Slot slot : slots) {
            slot.watched = false;
            for (SocketEntry socket : slot.table.rows()) {
                if (socket.listening() && watched(socket)) {
                    slot.watched = true;
                    listening.add(socket.local().port());
                }
            }
        }
        settled = listening.size() == ports.size();
    }

    /** The rows as they were when their table was last read. */
    List<SocketEntry> rows() {
        List<SocketEntry> rows = new ArrayList<>();
        for (Slot slot : slots) {
            rows.addAll(slot.table.rows());
        }
        return rows;
    }

    List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (Slot slot : slots) {
            problems.addAll(slot.table.problems());
        }
        return problems;
    }

    private final class Slot {
        private final Protocol protocol;
        private final Family family;

        private Table<SocketEntry> table = new Table<>(List.of(), List.of());
        private boolean watched;

        Slot(Protocol protocol, Family family) {
            this.protocol = protocol;
            this.family = family;
        }

        void read() {
            table = proc.sockets(protocol, family, WatchedSockets.this);
        }
    }
}
