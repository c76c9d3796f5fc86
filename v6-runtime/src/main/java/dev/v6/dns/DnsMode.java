// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import dev.v6.Nearest;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Whether v6 answers the JVM's look-ups: {@code v6.dns}. */
enum DnsMode {
    /** Where resolv.conf names 127.0.0.11, or the user names servers. */
    AUTO,
    /** Wherever there is a server to ask. */
    ON,
    /** Never. */
    OFF;

    private static final List<String> WORDS = List.of("auto", "on", "off");

    /**
     * Reads the setting.
     *
     * @param word what the user wrote, empty for nothing
     * @param complain is told a sentence if that is none of them
     */
    static DnsMode of(String word, Consumer<String> complain) {
        if (word.isEmpty()) {
            return AUTO;
        }
        String lower = word.toLowerCase(Locale.ROOT);
        if (WORDS.contains(lower)) {
            return valueOf(lower.toUpperCase(Locale.ROOT));
        }
        complain.accept(
                "v6.dns is '" + word + "', which is not known, and so taken as auto. " + Nearest.hint(word, WORDS));
        return AUTO;
    }
}
