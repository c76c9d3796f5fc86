// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import dev.v6.Family;
import dev.v6.net.AddressOrder;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a look-up of the JVM wants: java.net.spi.InetAddressResolver.LookupPolicy, in words that JDK 17 has, too.
 *
 * @param families those that are wanted
 * @param first the family that goes before the other; null for the order of RFC 6724, as getaddrinfo has it
 */
record LookupOrder(Set<Family> families, @Nullable Family first) {
    private static final int IPV4 = 1;
    private static final int IPV6 = 2;
    private static final int IPV4_FIRST = 4;
    private static final int IPV6_FIRST = 8;

    /** From the bits of LookupPolicy.characteristics(). */
    static LookupOrder of(int characteristics) {
        Set<Family> families = EnumSet.noneOf(Family.class);
        if ((characteristics & IPV4) != 0) {
            families.add(Family.IPV4);
        }
        if ((characteristics & IPV6) != 0) {
            families.add(Family.IPV6);
        }
        Family other = (characteristics & IPV6_FIRST) != 0 ? Family.IPV6 : null;
        return new LookupOrder(families, (characteristics & IPV4_FIRST) != 0 ? Family.IPV4 : other);
    }

    /** As JDK 17 takes it from its system properties, once. */
    static LookupOrder ofProperties(boolean ipv6Stack, @Nullable String preferIpv6Addresses) {
        if (!ipv6Stack) {
            return of(IPV4);
        }
        if ("system".equalsIgnoreCase(preferIpv6Addresses)) {
            return of(IPV4 | IPV6);
        }
        return of(IPV4 | IPV6 | ("true".equalsIgnoreCase(preferIpv6Addresses) ? IPV6_FIRST : IPV4_FIRST));
    }

    /** The wanted ones in their order. */
    List<InetAddress> apply(List<InetAddress> addresses) {
        return apply(addresses, AddressOrder::sort);
    }

    List<InetAddress> apply(List<InetAddress> addresses, UnaryOperator<List<InetAddress>> system) {
        List<InetAddress> ordered = new ArrayList<>();
        List<InetAddress> others = new ArrayList<>();
        for (InetAddress address : addresses) {
            Family family = Family.of(address);
            if (families.contains(family)) {
                (first == null || first == family ? ordered : others).add(address);
            }
        }
        ordered.addAll(others);
        return first == null && families.size() > 1 && ordered.size() > 1 ? system.apply(ordered) : ordered;
    }
}
