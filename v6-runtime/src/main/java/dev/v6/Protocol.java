// SPDX-License-Identifier: Apache-2.0
package dev.v6;

import java.util.Locale;

/** A transport protocol that has ports. */
public enum Protocol {
    /** TCP, RFC 9293. */
    TCP,
    /** UDP, RFC 768. */
    UDP;

    /**
     * The word used in reports and in {@code 8080/tcp}.
     *
     * @return {@code tcp} or {@code udp}
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
