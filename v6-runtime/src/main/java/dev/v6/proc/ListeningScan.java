// SPDX-License-Identifier: Apache-2.0
package dev.v6.proc;

import dev.v6.Protocol;
import java.util.HashSet;
import java.util.Set;

/** Finds the listening TCP sockets and their ports, without making addresses of them. */
final class ListeningScan implements ProcFs.Scan {
    private final Set<Long> inodes = new HashSet<>();
    private final Set<Integer> ports = new HashSet<>();

    @Override
    public boolean skips(TableReader line, Protocol protocol) {
        return SocketLine.connection(line, protocol);
    }

    @Override
    public boolean row(SocketLine row) {
        if (row.state() == TcpState.LISTEN) {
            inodes.add(row.inode());
            ports.add(row.localPort());
        }
        return true;
    }

    Set<Long> inodes() {
        return inodes;
    }

    Set<Integer> ports() {
        return ports;
    }
}
