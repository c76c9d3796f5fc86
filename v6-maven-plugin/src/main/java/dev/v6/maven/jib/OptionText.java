// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.jib;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * JVM options in one text, as {@code JAVA_TOOL_OPTIONS} holds them: separated by white space, where quotes of either
 * kind keep white space together.
 */
final class OptionText {
    private final String text;
    private final List<Option> options = new ArrayList<>();

    private OptionText(String text) {
        this.text = text;
    }

    /** One option, quotes taken away, and where it stands with its quotes. */
    private record Option(String word, int start, int end) {}

    static OptionText of(String text) {
        OptionText parsed = new OptionText(text);
        int at = 0;
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else {
                at = parsed.option(at);
            }
        }
        return parsed;
    }

    List<String> words() {
        return options.stream().map(Option::word).toList();
    }

    /** The text without some of its options; what stays is left as it was written. */
    String without(Predicate<String> unwanted) {
        StringBuilder kept = new StringBuilder();
        int copied = 0;
        for (Option option : options) {
            if (unwanted.test(option.word())) {
                kept.append(text, copied, option.start());
                copied = option.end();
                // One of the two gaps around it goes too.
                while (copied < text.length() && Character.isWhitespace(text.charAt(copied))) {
                    copied++;
                }
            }
        }
        return copied == 0
                ? text
                : kept.append(text, copied, text.length()).toString().trim();
    }

    private int option(int start) {
        StringBuilder word = new StringBuilder();
        char quote = 0;
        int at = start;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (quote == 0 && Character.isWhitespace(c)) {
                break;
            }
            if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            } else {
                word.append(c);
            }
        }
        options.add(new Option(word.toString(), start, at));
        return at;
    }
}
