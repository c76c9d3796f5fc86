// SPDX-License-Identifier: Apache-2.0
package dev.v6.proc;

import dev.v6.AddressText;
import dev.v6.Family;
import dev.v6.Protocol;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A socket that takes connections or datagrams from anybody.
 *
 * <p>The table does not tell everything: IPV6_V6ONLY does not show, so a socket on {@code ::} may serve both families
 * or IPv6 alone. Only a connect over IPv4 settles that.
 *
 * @param protocol TCP or UDP
 * @param table which table it stands in
 * @param local what it is bound to
 * @param inode the socket's inode
 */
public record Listener(Protocol protocol, Family table, Endpoint local, long inode) {

    /**
     * The listener that a listening socket is.
     *
     * @param socket a row for which {@link SocketEntry#listening()} holds
     * @return the same, without what a listener has not
     */
    public static Listener of(SocketEntry socket) {
        return new Listener(socket.protocol(), socket.table(), socket.local(), socket.inode());
    }

    /**
     * The families that it can serve, as far as the table tells: both for {@code ::}, unless IPV6_V6ONLY is set.
     *
     * @return one family or both
     */
    public Set<Family> families() {
        Set<Family> families = EnumSet.of(Family.of(local.address()));
        if (wildcard() && table == Family.IPV6 && !local.mapped()) {
            families.add(Family.IPV4);
        }
        return Collections.unmodifiableSet(families);
    }

    /**
     * Whether it is bound to no particular address.
     *
     * @return true for {@code ::}, {@code 0.0.0.0} and {@code ::ffff:0.0.0.0}
     */
    public boolean wildcard() {
        return local.address().isAnyLocalAddress();
    }

    /**
     * Whether only its own network namespace can reach it.
     *
     * @return true for 127.0.0.0/8, mapped or not, and ::1
     */
    public boolean loopback() {
        return local.address().isLoopbackAddress();
    }

    /**
     * Whether this is the DNS server that Docker puts into the network namespace of a container. It is no part of the
     * service.
     *
     * @return true for a socket on 127.0.0.11
     */
    public boolean embeddedDns() {
        return AddressText.of(local.address()).equals("127.0.0.11");
    }

    /**
     * The form that {@code listeners --json} and {@code witness --json} print.
     *
     * @return names and values in the order to print them
     */
    public Map<String, Object> toJson() {
        List<String> names = new ArrayList<>();
        for (Family family : families()) {
            names.add(family.toString());
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("protocol", protocol.word());
        json.put("address", AddressText.of(local.address()));
        json.put("mapped", local.mapped());
        json.put("port", local.port());
        json.put("families", names);
        return json;
    }

    /** For example {@code tcp6 [::]:8080}. */
    @Override
    public String toString() {
        return protocol.word() + (table == Family.IPV6 ? "6 " : " ") + local;
    }
}
