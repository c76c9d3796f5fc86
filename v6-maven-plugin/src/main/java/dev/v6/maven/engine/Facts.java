// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import java.net.InetAddress;
import java.util.List;

/**
 * What the service's network namespace has. The stack, an address and a route are three separate facts.
 *
 * @param addresses every address, loopback too
 * @param ipv6Disabled whether the kernel has IPv6 switched off here
 * @param defaultRoute6 whether there is an IPv6 default route
 * @param localhost what {@code localhost} is there, in order
 * @param problems what could not be read, as sentences
 */
public record Facts(
        List<LocalAddress> addresses,
        boolean ipv6Disabled,
        boolean defaultRoute6,
        List<String> localhost,
        List<String> problems) {

    /** Nothing seen yet. */
    public static final Facts NONE = new Facts(List.of(), false, false, List.of(), List.of());

    /**
     * Whether a witness has reported: whoever looks finds a loopback address at the least.
     *
     * @return false for {@link #NONE}
     */
    public boolean seen() {
        return !addresses.isEmpty();
    }

    /**
     * An address of an interface.
     *
     * @param interfaceName for example {@code eth0}
     * @param address the address
     * @param tentative whether duplicate address detection (RFC 4862) still runs
     */
    public record LocalAddress(String interfaceName, InetAddress address, boolean tentative) {}
}
