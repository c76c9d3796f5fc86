// SPDX-License-Identifier: Apache-2.0
package dev.v6;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Finds the name that was probably meant where one was misspelt, to answer with it instead of a mere no. */
public final class Nearest {
    private Nearest() {}

    /**
     * The known name with the fewest letters to add, drop, change or swap (optimal string alignment distance), if that
     * are few for its length.
     *
     * @param typed what was written
     * @param known the names there are; the first of several that are equally near is taken
     * @return one of them, or null if none is near
     */
    public static @Nullable String of(String typed, Collection<String> known) {
        String nearest = null;
        int least = Integer.MAX_VALUE;
        for (String name : known) {
            int distance = distance(typed, name);
            if (distance < least && distance <= tolerated(typed, name)) {
                nearest = name;
                least = distance;
            }
        }
        return nearest;
    }

    /**
     * The end of a sentence about a misspelt name.
     *
     * @param typed what was written
     * @param known the names there are
     * @return {@code Did you mean NAME?}, or all the names there are
     */
    public static String hint(String typed, Collection<String> known) {
        String nearest = of(typed, known);
        return nearest == null ? "Known are " + String.join(", ", known) + "." : "Did you mean " + nearest + "?";
    }

    /** One slip a third of the word, for shorter slips make any two short words alike. */
    private static int tolerated(String typed, String name) {
        return Math.max(1, Math.max(typed.length(), name.length()) / 3);
    }

    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : step(d, a, b, i, j);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int step(int[][] d, String a, String b, int i, int j) {
        int changed = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int least = Math.min(changed, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, d[i - 2][j - 2] + 1) : least;
    }
}
