// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import dev.v6.Nearest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The words after a command: options that stand alone, options with a value, and the rest. */
final class Arguments {
    private static final int HIGHEST_PORT = 65535;

    private final List<String> switches = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<String> values = new ArrayList<>();
    private final List<String> rest = new ArrayList<>();

    private Arguments() {}

    /**
     * Takes the words apart.
     *
     * @param words what follows the command
     * @param alone the options that stand alone, with their dashes
     * @param withValue the options that are followed by a value, after a blank or an equals sign
     * @throws UsageException for an option that is neither, and for one whose value is missing
     */
    static Arguments parse(List<String> words, List<String> alone, List<String> withValue) throws UsageException {
        Arguments arguments = new Arguments();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            int equals = word.indexOf('=');
            String name = word.startsWith("--") && equals > 0 ? word.substring(0, equals) : word;
            if (withValue.contains(name)) {
                if (equals < 0 && ++i == words.size()) {
                    throw new UsageException(name + " stands without a value. Write one after it.");
                }
                arguments.names.add(name);
                arguments.values.add(equals < 0 ? words.get(i) : word.substring(equals + 1));
            } else if (alone.contains(word)) {
                arguments.switches.add(word);
            } else if (word.length() > 1 && word.startsWith("-")) {
                List<String> known = new ArrayList<>(alone);
                known.addAll(withValue);
                throw new UsageException("There is no option " + name + ". " + Nearest.hint(name, known));
            } else {
                arguments.rest.add(word);
            }
        }
        return arguments;
    }

    boolean has(String option) {
        return switches.contains(option);
    }

    /** The values of an option that may be given several times, in the order given. */
    List<String> all(String option) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equals(option)) {
                found.add(values.get(i));
            }
        }
        return found;
    }

    /** The words that belong to no option. */
    List<String> rest() {
        return rest;
    }

    /** Fails if there are words that belong to no option. */
    void noRest() throws UsageException {
        if (!rest.isEmpty()) {
            throw new UsageException("'" + rest.get(0) + "' belongs to no option. Leave it out, or write an option"
                    + " such as --port before it.");
        }
    }

    /** The time that an option gives, or null where it is not given. */
    @Nullable
    Duration duration(String option) throws UsageException {
        List<String> given = all(option);
        return given.isEmpty() ? null : duration(option, given.get(given.size() - 1));
    }

    static Duration duration(String option, String text) throws UsageException {
        int digits = 0;
        while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
            digits++;
        }
        try {
            long number = Long.parseLong(text, 0, digits, 10);
            Duration duration =
                    switch (text.substring(digits)) {
                        case "ms" -> Duration.ofMillis(number);
                        case "s" -> Duration.ofSeconds(number);
                        case "m" -> Duration.ofMinutes(number);
                        default -> Duration.ZERO;
                    };
            if (!duration.isZero() && duration.toDays() < 365) {
                return duration;
            }
        } catch (NumberFormatException | ArithmeticException e) {
            // Said below, together with the other ways of getting it wrong.
        }
        throw new UsageException(
                option + " must be a time such as 500ms, 2s or 1m, but is '" + text + "'. Write a number and a unit.");
    }

    /** The ports that {@code --port} gives. */
    List<Integer> ports() throws UsageException {
        List<Integer> ports = new ArrayList<>();
        for (String text : all("--port")) {
            ports.add(port(text));
        }
        return ports;
    }

    /** A port, written {@code N} or {@code N/tcp}. */
    static int port(String text) throws UsageException {
        String number = text.endsWith("/tcp") ? text.substring(0, text.length() - 4) : text;
        if (text.endsWith("/udp")) {
            throw new UsageException(text + " is a UDP port, but only TCP is tried here. Name a TCP port.");
        }
        try {
            int port = Integer.parseInt(number);
            if (port > 0 && port <= HIGHEST_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Said below, together with numbers out of range.
        }
        throw new UsageException(
                "A port must be a number from 1 to 65535, but is '" + text + "'. Write for example 8080 or 8080/tcp.");
    }
}
