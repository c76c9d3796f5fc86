// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import dev.v6.Literal;
import dev.v6.proc.Problems;
import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Names as servers take them: RFC 1035's lengths, lower case, and other scripts as RFC 3490 writes them in ASCII. */
final class DnsName {
    private static final int LONGEST = 253;
    private static final int LONGEST_LABEL = 63;

    private DnsName() {}

    /**
     * A name in the form that everything here compares. A dot at its end stays: it says that no domain is searched.
     *
     * @throws UnknownHostException if no server can have this name
     */
    static String normal(String name) throws UnknownHostException {
        String ascii = ascii(name);
        int length = ascii.endsWith(".") ? ascii.length() - 1 : ascii.length();
        if (length == 0 || length > LONGEST) {
            throw bad(name, "names have 1 to " + LONGEST + " characters");
        }
        int label = 0;
        for (int i = 0; i < length; i++) {
            char c = ascii.charAt(i);
            if (c == '.') {
                if (label == 0) {
                    throw bad(name, "two dots have nothing between them");
                }
                label = 0;
            } else if (c <= ' ' || c > '~' || c == '\\') {
                throw bad(name, "a host's name does not have the character '" + Problems.printable("" + c) + "'");
            } else if (++label > LONGEST_LABEL) {
                throw bad(name, "what stands between two dots has " + LONGEST_LABEL + " characters at most");
            }
        }
        if (label == 0) {
            throw bad(name, "two dots have nothing between them");
        }
        return ascii.toLowerCase(Locale.ROOT);
    }

    /** The address, if it stands there in digits; null if that is a name. */
    static @Nullable InetAddress digits(String host) throws UnknownHostException {
        try {
            return Literal.parse(host);
        } catch (IllegalArgumentException e) {
            throw (UnknownHostException) new UnknownHostException(e.getMessage()).initCause(e);
        }
    }

    private static String ascii(String name) throws UnknownHostException {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) > '~') {
                try {
                    return IDN.toASCII(name, IDN.ALLOW_UNASSIGNED);
                } catch (IllegalArgumentException e) {
                    throw bad(name, "it has no form in ASCII (RFC 3490)");
                }
            }
        }
        return name;
    }

    private static UnknownHostException bad(String name, String why) {
        return new UnknownHostException(
                "'" + Problems.printable(name) + "' is no name of a host: " + why + ". Correct the name.");
    }

    static int dots(String name) {
        int dots = 0;
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) == '.') {
                dots++;
            }
        }
        return dots;
    }
}
