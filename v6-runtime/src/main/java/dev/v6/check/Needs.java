// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.Setting;
import dev.v6.net.Target;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.StringTokenizer;

/**
 * What the user says that the service needs of others: nothing else is asked of the network.
 *
 * @param names to look up
 * @param targets to connect to
 * @param complaints sentences about what is neither
 */
record Needs(List<String> names, List<Target> targets, List<String> complaints) {
    static final Needs NONE = new Needs(List.of(), List.of(), List.of());

    /** Reads {@code v6.check.resolve} and {@code v6.check.connect}, words apart by commas or blanks. */
    static Needs parse(String resolve, String connect) {
        Set<String> names = new LinkedHashSet<>();
        Set<Target> targets = new LinkedHashSet<>();
        List<String> complaints = new ArrayList<>();
        for (String word : words(resolve)) {
            name(word, names, complaints);
        }
        for (String word : words(connect)) {
            try {
                targets.add(Target.of(word));
            } catch (IllegalArgumentException e) {
                complaints.add(Setting.CHECK_CONNECT.property() + ": " + e.getMessage());
            }
        }
        return new Needs(List.copyOf(names), List.copyOf(targets), List.copyOf(complaints));
    }

    private static List<String> words(String list) {
        List<String> words = new ArrayList<>();
        StringTokenizer tokens = new StringTokenizer(list, ", \t\n\u000b\f\r");
        while (tokens.hasMoreTokens()) {
            words.add(tokens.nextToken());
        }
        return words;
    }

    private static void name(String word, Set<String> names, List<String> complaints) {
        String property = Setting.CHECK_RESOLVE.property();
        try {
            Target named = Target.of(word, 1); // of whatever port
            if (named.literal() == null) {
                names.add(named.host());
            } else {
                complaints.add(
                        property + " has '" + word + "', an address, which needs no look-up. Name it with a port in "
                                + Setting.CHECK_CONNECT.property() + " to have it connected to.");
            }
        } catch (IllegalArgumentException e) {
            complaints.add(property + " has '" + word + "', which is no host name. Write names apart by commas, such as"
                    + " db.example.com, queue.");
        }
    }
}
