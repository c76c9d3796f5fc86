// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.Nearest;
import java.util.List;

/** What a check at a service's start leads to: {@code v6.check}. */
public enum CheckMode {
    /** Nothing is checked, and nothing loaded for it. */
    OFF("off"),
    /** What was found is logged. */
    WARN("warn"),
    /** As {@link #WARN}, and what keeps a family away ends the start. */
    FAIL("fail");

    private final String word;

    CheckMode(String word) {
        this.word = word;
    }

    /**
     * Reads the setting. YAML makes {@code false} of a bare {@code off}.
     *
     * @param text what the user wrote, empty for nothing
     * @param complaints is given a sentence if that is no mode
     * @return the mode; {@link #WARN} if nothing is set, or nothing that is known
     */
    public static CheckMode of(String text, List<String> complaints) {
        String stripped = text.strip();
        if (stripped.isEmpty()) {
            return WARN;
        }
        for (CheckMode mode : values()) {
            if (mode.word.equalsIgnoreCase(stripped)) {
                return mode;
            }
        }
        if (stripped.equalsIgnoreCase("false")) {
            return OFF;
        }
        complaints.add("v6.check is '" + text + "', which is not known, and so taken as warn. "
                + Nearest.hint(stripped, List.of(OFF.word, WARN.word, FAIL.word)));
        return WARN;
    }
}
