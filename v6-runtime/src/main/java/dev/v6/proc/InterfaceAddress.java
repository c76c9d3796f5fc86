// SPDX-License-Identifier: Apache-2.0
package dev.v6.proc;

import dev.v6.AddressText;
import java.net.InetAddress;

/**
 * One row of /proc/net/if_inet6: an IPv6 address of an interface.
 *
 * @param interfaceName the interface
 * @param address the address, without a zone
 * @param prefixLength of its prefix, in bits
 * @param scope the kernel's scope: 0x00 global (unique local addresses included), 0x10 host, 0x20 link, 0x40 site
 * @param flags the kernel's IFA_F_ flags (include/uapi/linux/if_addr.h)
 */
public record InterfaceAddress(String interfaceName, InetAddress address, int prefixLength, int scope, int flags) {
    private static final int GLOBAL = 0x00;
    private static final int TEMPORARY = 0x01;
    private static final int DAD_FAILED = 0x08;
    private static final int DEPRECATED = 0x20;
    private static final int TENTATIVE = 0x40;

    /**
     * Whether others beyond the link can reach it: global or unique local, so neither loopback nor link-local.
     *
     * @return true if it has global scope
     */
    public boolean global() {
        return scope == GLOBAL;
    }

    /**
     * Whether it is a unique local address (RFC 4193).
     *
     * @return true within fc00::/7
     */
    public boolean uniqueLocal() {
        return (address.getAddress()[0] & 0xfe) == 0xfc;
    }

    /**
     * Whether duplicate address detection (RFC 4862, 5.4) still runs: until it ends nothing can be bound to it and
     * nothing answers for it.
     *
     * @return true for about a second after the address was set
     */
    public boolean tentative() {
        return (flags & TENTATIVE) != 0;
    }

    /**
     * Whether its preferred lifetime is over (RFC 4862, 5.5.4).
     *
     * @return true if new connections should start elsewhere
     */
    public boolean deprecated() {
        return (flags & DEPRECATED) != 0;
    }

    /**
     * Whether it is one of the changing addresses that keep a host from being followed (RFC 8981).
     *
     * @return true if the kernel made it up for a while
     */
    public boolean temporary() {
        return (flags & TEMPORARY) != 0;
    }

    /**
     * Whether another node on the link has the same address, so that this one is not used.
     *
     * @return true if duplicate address detection failed
     */
    public boolean dadFailed() {
        return (flags & DAD_FAILED) != 0;
    }

    /** For example {@code 2001:db8::2/64 on eth0}. */
    @Override
    public String toString() {
        return AddressText.of(address) + "/" + prefixLength + " on " + interfaceName;
    }
}
