// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import dev.v6.Family;
import java.net.InetAddress;
import java.util.List;

/**
 * The addresses that a host has at one time.
 *
 * @param addresses all that can be sent from
 * @param ipv6Only whether IPv6 leads out of this host and IPv4 does not
 */
record HostView(List<LocalAddress> addresses, boolean ipv6Only) {

    static HostView of(List<LocalAddress> addresses) {
        return new HostView(addresses, leadsOut(addresses, Family.IPV6) && !leadsOut(addresses, Family.IPV4));
    }

    private static boolean leadsOut(List<LocalAddress> addresses, Family family) {
        for (LocalAddress local : addresses) {
            InetAddress address = local.address();
            if (Family.of(address) == family && !address.isLoopbackAddress() && !address.isLinkLocalAddress()) {
                return true;
            }
        }
        return false;
    }
}
