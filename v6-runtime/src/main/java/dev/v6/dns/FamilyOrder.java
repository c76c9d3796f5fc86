// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import java.net.InetAddress;
import java.util.List;

/** Which family comes first, as java.net.preferIPv6Addresses says it: IPv4, unless it is {@code true} or {@code system}. */
final class FamilyOrder {
    private static final boolean IPV6_FIRST =
            List.of("true", "system").contains(System.getProperty("java.net.preferIPv6Addresses", ""));

    private FamilyOrder() {}

    static InetAddress[] ofThisJvm(Resolution resolution) {
        List<InetAddress> first = IPV6_FIRST ? resolution.ipv6() : resolution.ipv4();
        List<InetAddress> second = IPV6_FIRST ? resolution.ipv4() : resolution.ipv6();
        InetAddress[] all = first.toArray(new InetAddress[first.size() + second.size()]);
        for (int i = 0; i < second.size(); i++) {
            all[first.size() + i] = second.get(i);
        }
        return all;
    }
}
