// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import dev.v6.Family;
import java.net.Inet6Address;
import java.net.InetAddress;

/** The rules of RFC 6724, section 5. */
final class Source {
    private Source() {}

    /** Whether packets from this address reach that destination at all. */
    static boolean candidate(LocalAddress local, InetAddress destination) {
        InetAddress from = local.address();
        if (Family.of(from) != Family.of(destination)) {
            return false;
        }
        if (from.equals(destination)) {
            return true;
        }
        if (from.isLoopbackAddress() != (destination.isLoopbackAddress() || destination.isAnyLocalAddress())) {
            return false;
        }
        if (!(destination instanceof Inet6Address ipv6)) {
            return true;
        }
        if (ipv6.isLinkLocalAddress()) {
            return ipv6.getScopedInterface() == null
                    || ipv6.getScopedInterface().getName().equals(local.interfaceName());
        }
        // No router passes on what a link-local address sent (RFC 4291, 2.5.6).
        return !from.isLinkLocalAddress() || ipv6.isMulticastAddress();
    }

    static boolean better(LocalAddress a, LocalAddress b, InetAddress destination, PolicyTable policy) {
        // Rule 1: prefer same address.
        if (a.address().equals(destination) != b.address().equals(destination)) {
            return a.address().equals(destination);
        }
        // Rule 2: prefer appropriate scope, the smallest that reaches.
        int scopeA = policy.scope(a.address());
        int scopeB = policy.scope(b.address());
        if (scopeA != scopeB) {
            int smaller = Math.min(scopeA, scopeB);
            return smaller < policy.scope(destination) ? scopeA > scopeB : scopeA < scopeB;
        }
        // Rule 3: avoid deprecated addresses.
        if (a.deprecated() != b.deprecated()) {
            return b.deprecated();
        }
        // Rule 6: prefer matching label.
        int label = policy.label(destination);
        boolean matchA = policy.label(a.address()) == label;
        if (matchA != (policy.label(b.address()) == label)) {
            return matchA;
        }
        // Rule 7: prefer temporary addresses.
        if (a.temporary() != b.temporary()) {
            return a.temporary();
        }
        // Rule 8: use longest matching prefix.
        return commonPrefix(a, destination) > commonPrefix(b, destination);
    }

    /** RFC 6724, 2.2: what source and destination share, up to the length of the source's prefix. */
    static int commonPrefix(LocalAddress local, InetAddress destination) {
        return Math.min(Prefix.common(Prefix.bytes(local.address()), Prefix.bytes(destination)), subnetLength(local));
    }

    static boolean onLink(LocalAddress local, InetAddress destination) {
        return commonPrefix(local, destination) == subnetLength(local);
    }

    private static int subnetLength(LocalAddress local) {
        return local.prefixLength() + (Family.of(local.address()) == Family.IPV4 ? Prefix.MAPPED_BITS : 0);
    }
}
