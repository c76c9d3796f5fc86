// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A prefix under which a NAT64 takes IPv4 addresses (RFC 6052, 2.2).
 *
 * @param hex the 16 bytes of the prefix, the rest zero
 * @param length 32, 40, 48, 56, 64 or 96 bits
 */
record Nat64Prefix(String hex, int length) {
    private static final int[] LENGTHS = {96, 64, 56, 48, 40, 32};
    private static final int RESERVED = 8; // this byte, bits 64 to 71, is always zero
    private static final String WELL_KNOWN = "0064ff9b" + "0".repeat(24);
    private static final byte[] ARPA_170 = {(byte) 192, 0, 0, (byte) 170};
    private static final byte[] ARPA_171 = {(byte) 192, 0, 0, (byte) 171};

    /** The prefix that shows in an address of ipv4only.arpa, which has 192.0.0.170 and 192.0.0.171. */
    static Optional<Nat64Prefix> of(InetAddress arpa) {
        byte[] bytes = arpa.getAddress();
        if (bytes.length != 16) {
            return Optional.empty();
        }
        for (int length : LENGTHS) {
            byte[] rest = bytes.clone();
            byte[] inside = new byte[4];
            for (int i = 0; i < inside.length; i++) {
                inside[i] = bytes[at(length, i)];
                rest[at(length, i)] = 0;
            }
            boolean zeroAfter =
                    HexFormat.of().formatHex(rest).substring(length / 4).matches("0*");
            if (zeroAfter && (Arrays.equals(inside, ARPA_170) || Arrays.equals(inside, ARPA_171))) {
                return Optional.of(new Nat64Prefix(HexFormat.of().formatHex(rest), length));
            }
        }
        return Optional.empty();
    }

    /** Where the i-th byte of the IPv4 address stands. */
    private static int at(int length, int i) {
        int plain = length / 8 + i;
        return length <= 64 && plain >= RESERVED ? plain + 1 : plain;
    }

    /** Private addresses have no meaning behind the well-known prefix (RFC 6052, 3.1), special ones behind none. */
    boolean serves(Inet4Address address) {
        boolean special = address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isMulticastAddress();
        return !special && !(hex.equals(WELL_KNOWN) && address.isSiteLocalAddress());
    }

    InetAddress embed(Inet4Address address) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        byte[] inside = address.getAddress();
        for (int i = 0; i < inside.length; i++) {
            bytes[at(length, i)] = inside[i];
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 bytes are always an address.", e);
        }
    }
}
