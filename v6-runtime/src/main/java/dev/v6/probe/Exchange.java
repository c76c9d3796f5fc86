// SPDX-License-Identifier: Apache-2.0
package dev.v6.probe;

import dev.v6.AddressText;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** What a probe does once it is connected, to learn whether somebody is behind the connection. */
public enum Exchange {
    /**
     * Sends a GET (RFC 9112) and waits for any byte. Servers of other protocols answer it too, with an error or a
     * banner; those that close on it are found by {@link #LISTEN} and a witness.
     */
    HTTP,
    /** Sends nothing: waits for a banner, for silence, or for the early close of a proxy with nothing behind it. */
    LISTEN;

    byte[] request(InetSocketAddress target) {
        if (this == LISTEN) {
            return new byte[0];
        }
        String host = withoutZone(AddressText.of(target.getAddress(), target.getPort()));
        return ("GET / HTTP/1.1\r\nHost: " + host + "\r\nUser-Agent: v6\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** For the Host header: RFC 9844 keeps the zone on this machine. */
    private static String withoutZone(String bracketed) {
        int zone = bracketed.indexOf('%');
        return zone < 0 ? bracketed : bracketed.substring(0, zone) + bracketed.substring(bracketed.indexOf(']', zone));
    }
}
