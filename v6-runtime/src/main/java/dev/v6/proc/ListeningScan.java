// SPDX-License-Identifier: Apache-2.0
package dev.v6.proc;

import dev.v6.Protocol;
import java.util.HashSet;
import java.util.Set;

/** Finds the listening TCP sockets of a port, or of all, without making addresses of them. */
final class ListeningScan implements ProcFs.Scan {
    /** Any port. */
    static final int ANY = 0;

    private final int port;
    private final Set<Long> inodes = new HashSet<>();

    ListeningScan(int port) {
        this.port = port;
    }

    @Override
    public boolean skips(TableReader line, Protocol protocol) {
        return SocketLine.connection(line, protocol);
    }

    @Override
    public boolean row(SocketLine row) {
        if (row.protocol() == Protocol.TCP
                && row.state() == TcpState.LISTEN
                && (port == ANY || row.localPort() == port)) {
            inodes.add(row.inode());
        }
        return true;
    }

    Set<Long> inodes() {
        return inodes;
    }
}
