// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Tells addresses written in digits from names, so that nothing is looked up that is none. */
final class Literal {
    private Literal() {}

    /**
     * The address that a text is.
     *
     * @param text for example {@code 192.0.2.1}, {@code 2001:db8::1}, {@code [::1]} or {@code fe80::1%eth0}
     * @return null if it is a name
     * @throws UsageException if it is meant as an address and is none
     */
    static @Nullable InetAddress parse(String text) throws UsageException {
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        String bare = bracketed ? text.substring(1, text.length() - 1) : text;
        boolean ipv6 = bare.indexOf(':') >= 0;
        if (!ipv6 && !bracketed && !digitsAndDots(bare)) {
            return null;
        }
        try {
            // Without a colon in brackets, and with digits that the JDK would take for a name, it is neither.
            if (ipv6 || (!bracketed && dottedQuad(bare))) {
                return InetAddress.getByName(bare);
            }
        } catch (UnknownHostException e) {
            // Said below: no such interface, or no address at all.
        }
        throw new UsageException(
                "'" + text + "' is no IP address, or one of an interface that does not exist. Write one"
                        + " such as 192.0.2.1, 2001:db8::1 or fe80::1%eth0.");
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
