// SPDX-License-Identifier: Apache-2.0
package dev.v6.proc;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** The rows of if_inet6 and ipv6_route. Unlike the socket tables, these print addresses byte by byte. */
final class Ipv6Lines {
    private static final int ADDRESS_FIELDS = 6;
    private static final int ROUTE_FIELDS = 10;
    private static final int ADDRESS_BYTES = 16;
    private static final int LONGEST_PREFIX = 128;

    private Ipv6Lines() {}

    /** A row {@code address index prefixLength scope flags name}, or null if the line is none. */
    static @Nullable InterfaceAddress address(String line) {
        Fields fields = new Fields(line);
        if (fields.count() != ADDRESS_FIELDS) {
            return null;
        }
        try {
            return new InterfaceAddress(
                    fields.text(5), address(fields, 0), prefixLength(fields, 2), (int) fields.hex(3), (int)
                            fields.hex(4));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /**
     * A row {@code destination length source length nextHop metric references uses flags name}, or null if the line is
     * none.
     */
    static @Nullable Route6 route(String line) {
        Fields fields = new Fields(line);
        if (fields.count() != ROUTE_FIELDS) {
            return null;
        }
        try {
            return new Route6(
                    address(fields, 0),
                    prefixLength(fields, 1),
                    address(fields, 4),
                    fields.text(9),
                    fields.hex(5),
                    (int) fields.hex(8));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static InetAddress address(Fields fields, int field) {
        byte[] bytes = Fields.bytes(fields.text(field));
        if (bytes.length != ADDRESS_BYTES) {
            throw new NumberFormatException("an IPv6 address has 16 bytes");
        }
        return Fields.address(bytes);
    }

    private static int prefixLength(Fields fields, int field) {
        long length = fields.hex(field);
        if (length < 0 || length > LONGEST_PREFIX) {
            throw new NumberFormatException("prefix length " + length);
        }
        return (int) length;
    }
}
