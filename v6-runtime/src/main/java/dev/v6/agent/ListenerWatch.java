// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import dev.v6.proc.Listener;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Tells when the set of listeners changes. Several sockets on one address and port count as one listener. */
final class ListenerWatch {
    private static final int PORT_DIGITS = 5;

    private @Nullable List<Long> inodes;
    private @Nullable Set<String> names;

    /**
     * Takes in the listeners there are now.
     *
     * @return them, sorted, if they differ from those before or there were none before; else null
     */
    @Nullable
    List<Listener> changed(List<Listener> listeners) {
        List<Long> newInodes = new ArrayList<>(listeners.size());
        for (Listener listener : listeners) {
            newInodes.add(listener.inode());
        }
        if (newInodes.equals(inodes)) {
            return null; // the same sockets: the usual case, 60 times a second
        }
        inodes = newInodes;
        TreeMap<String, Listener> sorted = new TreeMap<>();
        for (Listener listener : listeners) {
            sorted.put(name(listener), listener);
        }
        Set<String> newNames = new TreeSet<>(sorted.keySet());
        if (newNames.equals(names)) {
            return null;
        }
        names = newNames;
        return new ArrayList<>(sorted.values());
    }

    private static String name(Listener listener) {
        StringBuilder port = new StringBuilder().append(listener.local().port());
        while (port.length() < PORT_DIGITS) {
            port.insert(0, '0');
        }
        return listener.protocol().word() + port + listener;
    }
}
