// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import dev.v6.AddressText;
import dev.v6.Literal;
import java.net.IDN;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where to connect.
 *
 * @param host the name, or the address as it was written
 * @param port 1 to 65535
 * @param literal the address if the host is one
 */
public record Target(String host, int port, @Nullable InetAddress literal) {
    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_LABEL = 63;
    private static final int LAST_PORT = 65535;

    /**
     * A host and a port.
     *
     * @param host a name, or an address in any form in which people write it
     * @param port 1 to 65535
     * @return what was meant
     * @throws IllegalArgumentException if it is neither, in a sentence that says what to write
     */
    public static Target of(String host, int port) {
        if (port < 1 || port > LAST_PORT) {
            throw new IllegalArgumentException("The port must be from 1 to 65535, but is " + port
                    + ". Name the port that the service listens on.");
        }
        InetAddress literal = literal(host);
        String name = literal == null ? ascii(host) : host;
        if (literal == null && !isName(name)) {
            throw neither(host);
        }
        return new Target(name, port, literal);
    }

    private static @Nullable InetAddress literal(String host) {
        try {
            return Literal.parse(host);
        } catch (IllegalArgumentException e) {
            throw host.indexOf('%') < 0 ? neither(host) : e; // else it may be the interface that is wrong
        }
    }

    private static IllegalArgumentException neither(String host) {
        return new IllegalArgumentException("'" + host + "' is neither a host name nor an address. Write one such as"
                + " db.example.com, 192.0.2.1 or 2001:db8::1, without scheme, path and port.");
    }

    /**
     * A host and a port in one text, IPv6 in brackets (RFC 3986, 3.2.2).
     *
     * @param hostAndPort for example {@code db.example.com:5432} or {@code [2001:db8::1]:80}
     * @return what was meant
     * @throws IllegalArgumentException if it is not that, in a sentence that says what to write
     */
    public static Target of(String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        boolean bare =
                colon > 0 && hostAndPort.lastIndexOf(':', colon - 1) >= 0 && hostAndPort.charAt(colon - 1) != ']';
        if (colon <= 0 || bare || hostAndPort.endsWith("]")) {
            throw new IllegalArgumentException("'" + hostAndPort + "' must be a host and a port. Write for example"
                    + " db.example.com:5432, 192.0.2.1:80 or [2001:db8::1]:80.");
        }
        return of(hostAndPort.substring(0, colon), port(hostAndPort.substring(colon + 1)));
    }

    private static int port(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "The port must be a number from 1 to 65535, but is '" + text + "'. Write for example 80.", e);
        }
    }

    private static String ascii(String host) {
        try {
            return IDN.toASCII(host);
        } catch (IllegalArgumentException e) {
            return ""; // which is no name
        }
    }

    /** Underscores are no letters of host names (RFC 952), but names of containers have them. */
    private static boolean isName(String text) {
        String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            return false;
        }
        int start = 0;
        for (int i = 0; i <= name.length(); i++) {
            char c = i == name.length() ? '.' : name.charAt(i);
            if (c == '.') {
                if (i == start || i - start > LONGEST_LABEL || name.charAt(start) == '-' || name.charAt(i - 1) == '-') {
                    return false;
                }
                start = i + 1;
            } else if (c != '-' && c != '_' && !letterOrDigit(c)) {
                return false;
            }
        }
        return true;
    }

    private static boolean letterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    /** For example {@code db.example.com port 5432}, or {@code [2001:db8::1]:80}. */
    @Override
    public String toString() {
        return literal == null ? host + " port " + port : AddressText.of(literal, port);
    }
}
