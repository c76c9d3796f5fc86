// SPDX-License-Identifier: Apache-2.0
package dev.v6;

import java.util.Locale;

/** How one probe ended. */
public enum Outcome {
    /** The service's bytes came back, or a witness beside it saw the connection arrive. */
    OK,
    /** Nobody listens there: the kernel answered the SYN with RST, or the datagram with ICMP port unreachable. */
    REFUSED,
    /** Accepted, then reset or ended without a byte: a proxy with nothing behind it looks like this. */
    CLOSED_EARLY,
    /** No answer before the deadline. */
    TIMEOUT,
    /** No route to it from here, or a router said so. */
    UNREACHABLE,
    /** That side has no address of the family, so there is nothing to connect to. */
    NO_ADDRESS,
    /** UDP: the datagram went out and nothing came back. */
    SILENT;

    /**
     * The word used in reports and on the command line.
     *
     * @return lower case, words joined by a hyphen
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
