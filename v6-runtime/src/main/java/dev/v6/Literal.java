// SPDX-License-Identifier: Apache-2.0
package dev.v6;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Tells addresses written in digits from names, so that nothing is looked up that is none. */
public final class Literal {
    private static final String ENCODED_PERCENT = "%25";

    private Literal() {}

    /**
     * The address that a text is, in any form in which people write it: IPv6 bare or in brackets, in any case, with
     * IPv4 at its end, and with a zone after {@code %} (RFC 4007, 11.2) or {@code %25} (RFC 6874). An IPv4-mapped one is
     * IPv4, as the JDK has it.
     *
     * @param text for example {@code 192.0.2.1}, {@code 2001:DB8::1}, {@code [::1]} or {@code fe80::1%eth0}
     * @return null if it is a name
     * @throws IllegalArgumentException if it is meant as an address and is none
     */
    public static @Nullable InetAddress parse(String text) {
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        String bare = bracketed ? text.substring(1, text.length() - 1) : text;
        boolean ipv6 = bare.indexOf(':') >= 0;
        if (!ipv6 && !bracketed && !digitsAndDots(bare)) {
            return null;
        }
        try {
            // Without a colon in brackets, and with digits that the JDK would take for a name, it is neither.
            if (ipv6 || (!bracketed && dottedQuad(bare))) {
                return InetAddress.getByName(plainZone(bare, bracketed));
            }
        } catch (UnknownHostException e) {
            // Said below: no such interface, or no address at all.
        }
        throw new IllegalArgumentException(
                "'" + text + "' is no IP address, or one of an interface that does not exist. Write one"
                        + " such as 192.0.2.1, 2001:db8::1 or fe80::1%eth0.");
    }

    /** In a URI, so in brackets, the zone's % is itself encoded. Elsewhere {@code %251} is the zone of interface 251. */
    private static String plainZone(String text, boolean bracketed) {
        int at = text.indexOf(ENCODED_PERCENT);
        int zone = at + ENCODED_PERCENT.length();
        if (at < 0 || zone == text.length() || (!bracketed && Character.isDigit(text.charAt(zone)))) {
            return text;
        }
        return text.substring(0, at + 1) + text.substring(zone);
    }

    private static boolean digitsAndDots(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '.' && (c < '0' || c > '9')) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean dottedQuad(String text) {
        int parts = 0;
        int start = 0;
        while (start <= text.length()) {
            int dot = text.indexOf('.', start);
            int end = dot < 0 ? text.length() : dot;
            if (end == start || end - start > 3 || Integer.parseInt(text, start, end, 10) > 255) {
                return false;
            }
            parts++;
            start = end + 1;
        }
        return parts == 4;
    }
}
