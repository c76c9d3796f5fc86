// SPDX-License-Identifier: Apache-2.0
package dev.v6.proc;

import java.nio.file.Path;
import java.util.Set;

/**
 * How many listening TCP sockets a process holds, for one who asks again and again. For each reading of tcp or tcp6 the kernel
 * walks its whole hash table, milliseconds of the processor however few the rows are; the descriptors of a process that
 * starts are read in microseconds. So the tables are read only where these show another socket than before, or where there
 * is a socket and none that listens yet.
 */
public final class HeldListeners {
    /** To read the descriptors of a process with more sockets takes as long as to read the tables. */
    private static final int MOST = 1000;

    private final ProcFs proc;
    private final long pid;
    private final Path descriptors;
    private Set<Long> sockets = Set.of();
    private int count;

    HeldListeners(ProcFs proc, long pid, Path descriptors) {
        this.proc = proc;
        this.pid = pid;
        this.descriptors = descriptors;
    }

    /**
     * Counts those of now. Loads none of the JDK's network classes.
     *
     * @return 0 also if that cannot be seen
     */
    public int count() {
        boolean changed = changed();
        if (sockets.isEmpty()) {
            count = 0;
        } else if (count == 0 || changed) {
            count = proc.listenersHeldBy(pid);
        }
        return count;
    }

    /**
     * Whether the process holds other sockets than when it was looked at before, or so many that this is not worth while.
     *
     * @return false also if they cannot be seen
     */
    public boolean changed() {
        Set<Long> now = SocketInodes.first(MOST, descriptors);
        boolean changed = now.size() == MOST || !now.equals(sockets);
        sockets = now;
        return changed;
    }
}
