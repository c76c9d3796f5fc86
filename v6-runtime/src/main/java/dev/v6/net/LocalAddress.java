// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import dev.v6.AddressText;
import java.net.InetAddress;

/**
 * An address that this host can send from.
 *
 * @param address the address, without a zone
 * @param prefixLength of its subnet, in bits of its own family: 0 to 32 or 0 to 128
 * @param interfaceName the interface that has it
 * @param deprecated whether its preferred lifetime is over (RFC 4862, 5.5.4)
 * @param temporary whether it is a temporary one (RFC 8981)
 */
public record LocalAddress(
        InetAddress address, int prefixLength, String interfaceName, boolean deprecated, boolean temporary) {

    /**
     * An address in its best days.
     *
     * @param address the address
     * @param prefixLength of its subnet
     * @param interfaceName the interface that has it
     * @return neither deprecated nor temporary
     */
    public static LocalAddress of(InetAddress address, int prefixLength, String interfaceName) {
        return new LocalAddress(address, prefixLength, interfaceName, false, false);
    }

    /** For example {@code 2001:db8::2/64 on eth0}. */
    @Override
    public String toString() {
        return AddressText.of(address) + "/" + prefixLength + " on " + interfaceName;
    }
}
