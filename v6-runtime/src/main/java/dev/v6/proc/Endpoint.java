// SPDX-License-Identifier: Apache-2.0
package dev.v6.proc;

import dev.v6.AddressText;
import java.net.InetAddress;

/**
 * One end of a socket.
 *
 * @param address the address; an IPv4-mapped one has become an {@link java.net.Inet4Address}, as always in the JDK
 * @param mapped whether the table held it as {@code ::ffff:a.b.c.d} (RFC 4291, 2.5.5.2)
 * @param port the port, 0 for none
 */
public record Endpoint(InetAddress address, boolean mapped, int port) {

    /** For example {@code 0.0.0.0:8080}, {@code [::]:8080} or {@code [::ffff:127.0.0.1]:8080}. */
    @Override
    public String toString() {
        return mapped ? "[::ffff:" + AddressText.of(address) + "]:" + port : AddressText.of(address, port);
    }
}
