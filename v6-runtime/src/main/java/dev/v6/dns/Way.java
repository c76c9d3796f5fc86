// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import java.util.List;
import java.util.function.Predicate;

/** Who is asked for a name first. The other side is asked before anybody gives up, so this decides about time alone. */
enum Way {
    /** The embedded DNS: the name is likely to be one that only it knows. */
    SYSTEM_FIRST,
    /** The upstreams: they know all names but the engine's. */
    UPSTREAMS_FIRST;

    /**
     * Decides by the name.
     *
     * @param name in lower case, without a dot at its end
     * @param embedded whether there is an embedded DNS
     * @param foundThere the names that upstreams did not know and the embedded DNS did
     * @param domains what the user says belongs to the embedded DNS, without leading dots
     */
    static Way of(String name, boolean embedded, Predicate<String> foundThere, List<String> domains) {
        boolean its = embedded && (name.indexOf('.') < 0 || foundThere.test(name) || under(name, domains));
        return its ? SYSTEM_FIRST : UPSTREAMS_FIRST;
    }

    private static boolean under(String name, List<String> domains) {
        for (String domain : domains) {
            if (name.endsWith(domain)
                    && (name.length() == domain.length() || name.charAt(name.length() - domain.length() - 1) == '.')) {
                return true;
            }
        }
        return false;
    }
}
