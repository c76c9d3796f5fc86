// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** The names to ask for a name, as glibc's res_search makes them from {@code search} and {@code ndots}. */
final class SearchList {
    private SearchList() {}

    /** In their order, without dots at their ends. A name that ends in a dot is asked as it stands alone. */
    static List<String> candidates(String name, ResolvConf conf) {
        if (name.endsWith(".")) {
            return List.of(name.substring(0, name.length() - 1));
        }
        List<String> candidates = new ArrayList<>();
        boolean first = DnsName.dots(name) >= conf.options().ndots();
        if (first) {
            candidates.add(name);
        }
        for (String domain : conf.search()) {
            String full = domain.isEmpty() ? name : name + '.' + domain;
            add(full, candidates);
        }
        if (!first && !candidates.contains(name)) {
            candidates.add(name);
        }
        return candidates;
    }

    /** What the file names as a domain may be none. */
    private static void add(String name, List<String> candidates) {
        try {
            String normal = DnsName.normal(name);
            if (!candidates.contains(normal)) {
                candidates.add(normal);
            }
        } catch (UnknownHostException e) {
            // Nobody can have such a name.
        }
    }
}
