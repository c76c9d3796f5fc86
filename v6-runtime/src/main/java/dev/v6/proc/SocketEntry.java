// SPDX-License-Identifier: Apache-2.0
package dev.v6.proc;

import dev.v6.Family;
import dev.v6.Protocol;

/**
 * One row of /proc/net/tcp, tcp6, udp or udp6.
 *
 * @param protocol TCP or UDP
 * @param table which table: {@link Family#IPV6} for tcp6 and udp6; a row there may still be IPv4 (mapped)
 * @param local this side
 * @param remote the other side; the wildcard and port 0 where there is none
 * @param state the state; a UDP socket that receives from anybody is in {@link TcpState#CLOSE}
 * @param uid the owner's user id
 * @param inode the socket's inode; 0 for one that no process holds: still in the listen backlog, or already closed
 */
public record SocketEntry(
        Protocol protocol, Family table, Endpoint local, Endpoint remote, TcpState state, int uid, long inode) {

    /**
     * Whether this socket takes connections or datagrams from anybody.
     *
     * @return true for a listening TCP and an unconnected UDP socket
     */
    public boolean listening() {
        return protocol == Protocol.TCP ? state == TcpState.LISTEN : state == TcpState.CLOSE && remote.port() == 0;
    }
}
