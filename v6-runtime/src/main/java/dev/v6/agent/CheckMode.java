// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import dev.v6.Nearest;
import java.util.List;

/** What {@code v6.check} says. */
enum CheckMode {
    /** Nothing is checked, and nothing loaded for it. */
    OFF("off"),
    /** What is wrong is logged. */
    WARN("warn"),
    /** What keeps a family away ends the JVM. */
    FAIL("fail");

    private final String word;

    CheckMode(String word) {
        this.word = word;
    }

    /** Reads the setting; what makes no sense becomes a complaint. */
    static CheckMode of(String text, List<String> complaints) {
        if (text.isEmpty()) {
            return WARN;
        }
        for (CheckMode mode : values()) {
            if (mode.word.equalsIgnoreCase(text)) {
                return mode;
            }
        }
        complaints.add("v6.check is '" + text + "', which is not known, and so taken as warn. "
                + Nearest.hint(text, List.of(OFF.word, WARN.word, FAIL.word)));
        return WARN;
    }
}
