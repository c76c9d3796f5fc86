// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/**
 * The options of resolv.conf(5), within the bounds that glibc sets them.
 *
 * @param ndots a name with as many dots is asked as it stands first, 0 to 15
 * @param timeout how long glibc waits for a server, 1 to 30 seconds
 * @param attempts how often glibc asks each, 1 to 5
 * @param flags the words without a value that stand there, such as {@code rotate} and {@code no-aaaa}
 */
public record ResolvOptions(int ndots, Duration timeout, int attempts, Set<String> flags) {
    private static final int MOST_NDOTS = 15;
    private static final int MOST_TIMEOUT = 30;
    private static final int MOST_ATTEMPTS = 5;

    /** Whatever else stands there says nothing, and is not kept: a file may be full of it. */
    private static final Set<String> FLAGS = Set.of(
            "rotate",
            "edns0",
            "single-request",
            "single-request-reopen",
            "use-vc",
            "trust-ad",
            "no-aaaa",
            "no-tld-query",
            "no-reload",
            "no-check-names",
            "strict-error",
            "inet6");

    /** What holds where nothing is said. */
    static final ResolvOptions DEFAULT = new ResolvOptions(1, Duration.ofSeconds(5), 2, Set.of());

    /**
     * Takes a copy of the flags.
     *
     * @param ndots see {@link #ndots()}
     * @param timeout see {@link #timeout()}
     * @param attempts see {@link #attempts()}
     * @param flags see {@link #flags()}
     */
    public ResolvOptions {
        flags = Set.copyOf(flags);
    }

    /**
     * Whether a word without a value stands among the options.
     *
     * @param flag for example {@code rotate}
     * @return true if it does
     */
    public boolean has(String flag) {
        return flags.contains(flag);
    }

    /** These with one more word applied; one that says nothing to glibc changes nothing. */
    ResolvOptions with(String word) {
        int colon = word.indexOf(':');
        if (colon < 0) {
            if (!FLAGS.contains(word)) {
                return this;
            }
            Set<String> more = new TreeSet<>(flags);
            more.add(word);
            return new ResolvOptions(ndots, timeout, attempts, more);
        }
        int value = number(word.substring(colon + 1));
        return switch (word.substring(0, colon)) {
            case "ndots" -> new ResolvOptions(Math.min(value, MOST_NDOTS), timeout, attempts, flags);
            case "timeout" ->
                new ResolvOptions(
                        ndots, Duration.ofSeconds(Math.max(1, Math.min(value, MOST_TIMEOUT))), attempts, flags);
            case "attempts" -> new ResolvOptions(ndots, timeout, Math.max(1, Math.min(value, MOST_ATTEMPTS)), flags);
            default -> this;
        };
    }

    /** As atoi reads it: the digits at the beginning, 0 if there are none; what is below 0 counts as that. */
    private static int number(String text) {
        int value = 0;
        for (int i = 0; i < text.length() && value < 1_000_000; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            value = 10 * value + digit;
        }
        return value;
    }
}
