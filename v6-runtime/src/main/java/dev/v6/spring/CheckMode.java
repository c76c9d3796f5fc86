// SPDX-License-Identifier: Apache-2.0
package dev.v6.spring;

import dev.v6.Nearest;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** What is done at an application's start: {@code v6.check}, from wherever Spring takes its properties. */
enum CheckMode {
    /** Nothing: no bean of v6's is there. */
    OFF,
    /** What was found is logged. */
    WARN,
    /** As {@link #WARN}, and an error ends the start. */
    FAIL;

    private static final List<String> WORDS = List.of("off", "warn", "fail");

    /**
     * Reads the setting.
     *
     * @param word what the user wrote, empty for nothing
     * @param complain is told a sentence if that is none of them
     */
    static CheckMode of(String word, Consumer<String> complain) {
        String lower = word.strip().toLowerCase(Locale.ROOT);
        if (lower.isEmpty()) {
            return WARN;
        }
        if (lower.equals("false")) {
            return OFF; // what YAML makes of a bare off
        }
        if (WORDS.contains(lower)) {
            return valueOf(lower.toUpperCase(Locale.ROOT));
        }
        complain.accept(
                "v6.check is '" + word + "', which is not known, and so taken as warn. " + Nearest.hint(word, WORDS));
        return WARN;
    }
}
