// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

/** Names as DNS takes them (RFC 1035, 2.3.4): labels of 63 octets at most, 253 in all. */
final class DomainName {
    private static final int LONGEST = 253;
    private static final int LONGEST_LABEL = 63;

    private DomainName() {}

    /** Whether a name without a dot at its end can be asked for. Underscores are, whatever host names are made of. */
    static boolean valid(String name) {
        if (name.isEmpty() || name.length() > LONGEST) {
            return false;
        }
        int label = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '.') {
                if (label == 0) {
                    return false;
                }
                label = 0;
            } else if (c <= ' ' || c > '~' || ++label > LONGEST_LABEL) {
                return false;
            }
        }
        return label > 0;
    }
}
