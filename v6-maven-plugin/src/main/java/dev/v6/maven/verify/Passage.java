// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.verify;

import java.util.Locale;

/** How a connection reached the service. */
public enum Passage {
    /** In the family that it started in. */
    NATIVE,
    /** A userland proxy translated it into the other family, so the service saw the gateway. */
    PROXIED,
    /** Nobody saw it arrive. */
    UNKNOWN;

    /**
     * The word used in reports.
     *
     * @return lower case
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
