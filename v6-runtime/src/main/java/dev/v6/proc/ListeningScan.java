// SPDX-License-Identifier: Apache-2.0
package dev.v6.proc;

import dev.v6.Protocol;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks for a listening TCP socket by its port or its inode, without making an address of it. */
final class ListeningScan implements ProcFs.Scan {
    private final int port;
    private final @Nullable Set<Long> inodes;

    private boolean found;

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
            found |= inodes == null ? row.localPort() == port : inodes.contains(row.inode());
        }
        return true;
    }

    boolean found() {
        return found;
    }
}
