// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import java.util.Locale;

/** Where a probe starts. */
public enum Vantage {
    /** The service's own network namespace: to 127.0.0.1 and ::1. */
    INSIDE,
    /** Another container on the same network: to the service's own addresses. */
    NEIGHBOUR,
    /** The engine's host: to its own non-loopback addresses, through the published port. */
    HOST_ADDRESS,
    /** The engine's host: to 127.0.0.1 and ::1, through the published port. */
    HOST_LOOPBACK;

    /**
     * The word used in reports.
     *
     * @return lower case, words joined by a hyphen
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
