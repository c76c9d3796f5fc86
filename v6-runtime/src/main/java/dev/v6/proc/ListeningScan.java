// SPDX-License-Identifier: Apache-2.0
package dev.v6.proc;

import dev.v6.Protocol;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts the listening TCP sockets of a port or of some inodes, without making addresses of them. */
final class ListeningScan implements ProcFs.Scan {
    private final int port;
    private final @Nullable Set<Long> inodes;

    private int found;

    /**
     * Looks for one kind of socket.
     *
     * @param port the port to look for, if there are no inodes
     * @param inodes the inodes to look for, null for any
     */
    ListeningScan(int port, @Nullable Set<Long> inodes) {
        this.port = port;
        this.inodes = inodes;
    }

    @Override
    public boolean row(SocketLine row) {
        if (row.protocol() == Protocol.TCP && row.state() == TcpState.LISTEN) {
            boolean wanted = inodes == null ? row.localPort() == port : inodes.contains(row.inode());
            found += wanted ? 1 : 0;
        }
        return true;
    }

    int found() {
        return found;
    }
}
