// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits options the way the java launcher does, in JAVA_TOOL_OPTIONS and its like and in argument files (JDK Tool
 * Specifications, "java Command-Line Argument Files"): blanks separate, quotes keep together; in a file a number sign
 * begins a comment and a backslash escapes within quotes.
 */
final class OptionWords {
    private final String text;
    private final boolean file;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private int at;

    private OptionWords(String text, boolean file) {
        this.text = text;
        this.file = file;
    }

    static List<String> ofVariable(String text) {
        return new OptionWords(text, false).split();
    }

    static List<String> ofFile(String text) {
        return new OptionWords(text, true).split();
    }

    private List<String> split() {
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"' || c == '\'') {
                inWord = true;
                quoted(c);
            } else if (Character.isWhitespace(c)) {
                endWord();
            } else if (file && c == '#' && !inWord) {
                skipLine();
            } else {
                inWord = true;
                word.append(c);
            }
        }
        endWord();
        return words;
    }

    private void quoted(char quote) {
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == quote) {
                return;
            }
            if (file && c == '\\' && at < text.length()) {
                escaped(text.charAt(at++));
            } else {
                word.append(c);
            }
        }
    }

    private void escaped(char c) {
        switch (c) {
            case 'n' -> word.append('\n');
            case 't' -> word.append('\t');
            case 'r' -> word.append('\r');
            case 'f' -> word.append('\f');
            case '\n' -> skipBlanks(); // the word goes on in the next line
            default -> word.append(c);
        }
    }

    private void skipBlanks() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    private void skipLine() {
        while (at < text.length() && text.charAt(at) != '\n') {
            at++;
        }
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }
    }
}
