// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import java.util.List;

/** Prints a list that may have ten thousand entries. */
final class Few {
    private static final int MOST = 10;

    private Few() {}

    static String of(List<String> all, String separator) {
        return all.size() <= MOST
                ? String.join(separator, all)
                : String.join(separator, all.subList(0, MOST)) + separator + "and " + (all.size() - MOST) + " more";
    }
}
