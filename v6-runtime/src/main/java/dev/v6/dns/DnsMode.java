// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import dev.v6.Nearest;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
     * @return null if that is none of them
     */
    static @Nullable DnsMode of(String word) {
        if (word.isEmpty()) {
            return AUTO;
        }
        for (DnsMode mode : values()) {
            if (mode.name().equalsIgnoreCase(word)) {
                return mode;
            }
        }
        return null;
    }

    /** A sentence about a word that is none of them. */
    static String complaint(String word) {
        return "v6.dns is '" + word + "', which is not known, and so taken as auto. " + Nearest.hint(word, WORDS);
    }
}
