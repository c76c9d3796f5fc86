// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import dev.v6.Family;
import java.net.InetAddress;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The names that are never asked for: those of the hosts file, and {@code localhost} with all below it (RFC 6761, 6.3). */
final class LocalNames {
    private static final String LOCALHOST = "localhost";

    private LocalNames() {}

    /**
     * The addresses of a name that this machine knows by itself.
     *
     * @param name in lower case, without a dot at its end
     * @param ipv6 whether this namespace has IPv6, so that {@code ::1} leads somewhere
     * @return none if servers are to be asked
     */
    static List<InetAddress> addresses(String name, HostsFile hosts, BooleanSupplier ipv6) {
        List<InetAddress> known = hosts.addresses(name);
        if (!known.isEmpty() || !local(name)) {
            return known;
        }
        return ipv6.getAsBoolean()
                ? List.of(Family.IPV4.loopback(), Family.IPV6.loopback())
                : List.of(Family.IPV4.loopback());
    }

    private static boolean local(String name) {
        return name.equals(LOCALHOST) || name.endsWith("." + LOCALHOST);
    }
}
