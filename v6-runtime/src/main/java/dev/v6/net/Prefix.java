// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import java.net.InetAddress;

/**
 * The leading bits that addresses share. IPv4 takes part as IPv4-mapped IPv6 (RFC 6724, 2.1), so that one table serves
 * both.
 */
final class Prefix {
    static final int IPV6_BITS = 128;
    static final int MAPPED_BITS = 96;
    private static final int IPV6_BYTES = 16;

    private final byte[] bytes;
    private final int length;

    Prefix(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
    }

    int length() {
        return length;
    }

    /** The 16 bytes of an address, IPv4 mapped. */
    static byte[] bytes(InetAddress address) {
        byte[] raw = address.getAddress();
        if (raw.length == IPV6_BYTES) {
            return raw;
        }
        byte[] mapped = new byte[IPV6_BYTES];
        mapped[10] = (byte) 0xff;
        mapped[11] = (byte) 0xff;
        System.arraycopy(raw, 0, mapped, MAPPED_BITS / 8, raw.length);
        return mapped;
    }

    /** How many of the first bits are the same. */
    static int common(byte[] a, byte[] b) {
        for (int i = 0; i < IPV6_BYTES; i++) {
            int difference = (a[i] ^ b[i]) & 0xff;
            if (difference != 0) {
                return i * 8 + Integer.numberOfLeadingZeros(difference) - (Integer.SIZE - 8);
            }
        }
        return IPV6_BITS;
    }

    boolean contains(byte[] address) {
        return common(bytes, address) >= length;
    }
}
