// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import dev.v6.Family;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which addresses of the engine's host stand for it: one a family, as a client elsewhere would use. */
final class HostAddresses {
    /** What container engines and the like make for their own ends. */
    private static final List<String> INTERNAL =
            List.of("br-", "docker", "veth", "virbr", "cni", "podman", "tun", "tap");

    private HostAddresses() {}

    /** 127.0.0.1 or ::1, by number: what {@code localhost} is differs from place to place. */
    static InetAddress loopback(Family family) {
        byte[] bytes = family == Family.IPV4 ? new byte[] {127, 0, 0, 1} : new byte[16];
        bytes[bytes.length - 1] = 1;
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible); // only for other lengths
        }
    }

    /** Of this process's own network namespace. */
    static Map<Family, InetAddress> here() {
        List<Facts.LocalAddress> addresses = new ArrayList<>();
        try {
            for (NetworkInterface nic : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (nic.isUp()) {
                    for (InetAddress address : Collections.list(nic.getInetAddresses())) {
                        addresses.add(new Facts.LocalAddress(nic.getName(), address, false));
                    }
                }
            }
        } catch (SocketException none) {
            return Map.of();
        }
        return choose(addresses);
    }

    /** The first of each family, in the interfaces' order, that is neither loopback nor link-local nor an engine's own. */
    static Map<Family, InetAddress> choose(List<Facts.LocalAddress> addresses) {
        Map<Family, InetAddress> chosen = new EnumMap<>(Family.class);
        for (Facts.LocalAddress local : addresses) {
            InetAddress address = local.address();
            String name = local.interfaceName().toLowerCase(Locale.ROOT);
            if (!address.isLoopbackAddress()
                    && !address.isLinkLocalAddress()
                    && !local.tentative()
                    && INTERNAL.stream().noneMatch(name::startsWith)) {
                chosen.putIfAbsent(Family.of(address), address);
            }
        }
        return chosen;
    }
}
