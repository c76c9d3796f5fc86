// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import dev.v6.Setting;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Whether this JVM's look-ups are to come to v6, as far as the settings and resolv.conf say so. What the agent does in every
 * service's start: without java.net and java.nio.file, as what a service's main method sets must still count, and these
 * read it when they are loaded; and with as little else as can be.
 */
public final class DnsWish {
    static final String RESOLV_CONF = "/etc/resolv.conf";

    private DnsWish() {}

    /**
     * Whether v6 is to answer: as {@code v6.dns} says, and if that says nothing, where resolv.conf names 127.0.0.11 or the
     * user names servers.
     *
     * @param argument what the agent's argument {@code dns} says, null if it is not there; a property or the environment
     *     goes before it
     * @return false also where it cannot be told
     */
    public static boolean wanted(@Nullable String argument) {
        if (!word(argument).isEmpty()) {
            DnsMode mode = mode(argument);
            if (mode != DnsMode.AUTO) {
                return mode == DnsMode.ON;
            }
        }
        return !Setting.DNS_SERVERS.value().isEmpty() || embeddedNamed();
    }

    /**
     * What is wrong with {@code v6.dns}.
     *
     * @param argument as for {@link #wanted}
     * @return a sentence, or null if it is a word that is known, or not set
     */
    public static @Nullable String complaint(@Nullable String argument) {
        String word = word(argument);
        return word.isEmpty() || DnsMode.of(word) != null ? null : DnsMode.complaint(word);
    }

    /** The mode; {@link DnsMode#AUTO} also for a word that is none. */
    static DnsMode mode(@Nullable String argument) {
        DnsMode mode = DnsMode.of(word(argument));
        return mode == null ? DnsMode.AUTO : mode;
    }

    private static String word(@Nullable String argument) {
        String set = Setting.DNS.value();
        return set.isEmpty() && argument != null ? argument : set;
    }

    private static boolean embeddedNamed() {
        try (InputStream in = new FileInputStream(RESOLV_CONF)) {
            return new String(in.readNBytes(1 << 20), StandardCharsets.ISO_8859_1).contains("127.0.0.11");
        } catch (IOException e) {
            return false;
        }
    }
}
