// SPDX-License-Identifier: Apache-2.0
package dev.v6.proc;

import java.net.InetAddress;

/**
 * One row of /proc/net/ipv6_route.
 *
 * @param destination the destination's prefix
 * @param prefixLength its length in bits
 * @param nextHop the gateway, {@code ::} for none
 * @param interfaceName where packets leave
 * @param metric the smaller, the better; unsigned 32 bits
 * @param flags the kernel's RTF_ flags (include/uapi/linux/route.h, ipv6_route.h)
 */
public record Route6(
        InetAddress destination, int prefixLength, InetAddress nextHop, String interfaceName, long metric, int flags) {
    private static final int UP = 0x0001;
    private static final int REJECT = 0x0200;

    /**
     * Whether packets for everywhere leave by this route. The kernel keeps a ::/0 route that rejects on {@code lo};
     * that is none.
     *
     * @return true for a usable ::/0
     */
    public boolean defaultRoute() {
        return prefixLength == 0
                && destination.isAnyLocalAddress()
                && (flags & UP) != 0
                && (flags & REJECT) == 0
                && !interfaceName.equals("lo");
    }
}
