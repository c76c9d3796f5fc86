// SPDX-License-Identifier: Apache-2.0
package dev.v6;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** An address family: IPv4 or IPv6. */
public enum Family {
    /** IPv4, RFC 791. */
    IPV4("IPv4"),
    /** IPv6, RFC 8200. */
    IPV6("IPv6");

    private final String label;

    Family(String label) {
        this.label = label;
    }

    /**
     * The family that packets to this address travel in. The JDK turns an IPv4-mapped address (RFC 4291, 2.5.5.2) into
     * an {@link Inet4Address}, so that one is IPv4.
     *
     * @param address any address
     * @return its family
     */
    public static Family of(InetAddress address) {
        return address instanceof Inet4Address ? IPV4 : IPV6;
    }

    /**
     * The loopback address of this family, by number: what {@code localhost} means differs from place to place.
     *
     * @return 127.0.0.1 or ::1
     */
    public InetAddress loopback() {
        byte[] bytes = new byte[this == IPV4 ? 4 : 16];
        bytes[0] = (byte) (this == IPV4 ? 127 : 0);
        bytes[bytes.length - 1] = 1;
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 and 16 bytes are always an address.", e);
        }
    }

    /** The name as people write it: {@code IPv4} or {@code IPv6}. */
    @Override
    public String toString() {
        return label;
    }
}
