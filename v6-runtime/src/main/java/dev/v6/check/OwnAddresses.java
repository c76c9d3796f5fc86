// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.Family;
import dev.v6.proc.InterfaceAddress;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The addresses under which this place can connect to itself. */
final class OwnAddresses {
    private final List<InterfaceAddress> ipv6;
    private final Map<Family, List<InetAddress>> known = new EnumMap<>(Family.class);

    OwnAddresses(List<InterfaceAddress> ipv6) {
        this.ipv6 = ipv6;
    }

    /** Those that are not on loopback. Connections to them take the same way in the kernel. */
    synchronized List<InetAddress> beyondLoopback(Family family) {
        List<InetAddress> own = known.get(family);
        if (own == null) {
            own = find(family);
            known.put(family, own);
        }
        return own;
    }

    private List<InetAddress> find(Family family) {
        List<InetAddress> own = new ArrayList<>();
        if (family == Family.IPV4) {
            addIpv4(own);
        } else {
            for (InterfaceAddress row : ipv6) {
                if (row.global() && !row.tentative() && !row.dadFailed()) {
                    own.add(row.address());
                }
            }
        }
        return own;
    }

    private static void addIpv4(List<InetAddress> own) {
        try {
            for (NetworkInterface one : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                for (InetAddress address : Collections.list(one.getInetAddresses())) {
                    if (address instanceof Inet4Address && !address.isLoopbackAddress()) {
                        own.add(address);
                    }
                }
            }
        } catch (SocketException e) {
            // Loopback is nearly always enough.
        }
    }
}
