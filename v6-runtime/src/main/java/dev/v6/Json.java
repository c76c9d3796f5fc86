// SPDX-License-Identifier: Apache-2.0
package dev.v6;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON (RFC 8259) from maps, lists, strings, numbers and booleans. A service that takes v6 with it gets no JSON
 * library for that; reading is left to those who have one.
 */
public final class Json {
    private Json() {}

    /**
     * One value on one line.
     *
     * @param value a {@link Map} with string keys, a {@link List}, a string, a number, a boolean or null
     * @return its JSON text
     * @throws IllegalArgumentException for anything else
     */
    public static String write(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        append(out, value, -1);
        return out.toString();
    }

    /**
     * The same over several lines, indented by two spaces a level, for files that people open.
     *
     * @param value as for {@link #write(Object)}
     * @return its JSON text, ended by a line feed
     */
    public static String pretty(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        append(out, value, 0);
        return out.append('\n').toString();
    }

    private static void append(StringBuilder out, @Nullable Object value, int depth) {
        if (value == null || value instanceof Boolean || value instanceof Integer || value instanceof Long) {
            out.append(value);
        } else if (value instanceof String text) {
            quote(out, text);
        } else if (value instanceof Map<?, ?> map) {
            block(out, '{', '}', map.entrySet().iterator(), depth);
        } else if (value instanceof List<?> list) {
            block(out, '[', ']', list.iterator(), depth);
        } else {
            throw new IllegalArgumentException(
                    "JSON has no form for " + value.getClass().getName() + ". Turn it into a map, a list or a string.");
        }
    }

    private static void block(StringBuilder out, char open, char close, Iterator<?> items, int depth) {
        out.append(open);
        boolean empty = !items.hasNext();
        int inner = depth < 0 ? depth : depth + 1;
        while (items.hasNext()) {
            newLine(out, inner);
            Object item = items.next();
            if (item instanceof Map.Entry<?, ?> entry) {
                quote(out, String.valueOf(entry.getKey()));
                out.append(depth < 0 ? ":" : ": ");
                append(out, entry.getValue(), inner);
            } else {
                append(out, item, inner);
            }
            out.append(items.hasNext() ? "," : "");
        }
        if (!empty) {
            newLine(out, depth);
        }
        out.append(close);
    }

    private static void newLine(StringBuilder out, int depth) {
        if (depth >= 0) {
            out.append('\n').append("  ".repeat(depth));
        }
    }

    private static void quote(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20 || Character.isSurrogate(c)) {
                        escape(out, c);
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static void escape(StringBuilder out, char c) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(Character.forDigit((c >> shift) & 0xf, 16));
        }
    }
}
