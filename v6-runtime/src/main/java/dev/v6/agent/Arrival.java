// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import dev.v6.AddressText;
import dev.v6.Family;
import dev.v6.proc.SocketEntry;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A connection that reached a port here.
 *
 * @param socket this side of it
 * @param accepted whether the service took it; until then it waits in the listen backlog, where the kernel put it
 * @param at when it was seen, in milliseconds since 1970
 */
record Arrival(SocketEntry socket, boolean accepted, long at) {

    /** The family of the one who connected: IPv4 where the socket holds an IPv4-mapped address. */
    Family family() {
        return Family.of(socket.remote().address());
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("event", "arrival");
        json.put("port", socket.local().port());
        json.put("family", family().toString());
        json.put("peer", AddressText.of(socket.remote().address()));
        json.put("peerPort", socket.remote().port());
        json.put("local", AddressText.of(socket.local().address()));
        json.put("accepted", accepted);
        json.put("at", at);
        return json;
    }
}
