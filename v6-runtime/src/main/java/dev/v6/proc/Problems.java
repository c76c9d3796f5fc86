// SPDX-License-Identifier: Apache-2.0
package dev.v6.proc;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Collects sentences on what could not be read, and no more of them than a person would read. */
public final class Problems {
    private static final int MOST = 10;
    private static final int QUOTE = 60;

    private final List<String> sentences = new ArrayList<>();
    private int more;

    /** Starts without any. */
    public Problems() {}

    /**
     * One more thing that could not be read.
     *
     * @param sentence what is so and, if anything can be done about it, what
     */
    public void add(String sentence) {
        if (sentences.size() < MOST) {
            sentences.add(sentence);
        } else {
            more++;
        }
    }

    /**
     * A file that could not be read.
     *
     * @param file which
     * @param e why
     */
    public void unreadable(Path file, IOException e) {
        if (e instanceof AccessDeniedException) {
            add(file + " may not be read by this user. Run as the user of the service, or as root.");
        } else {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            add(file + " could not be read: " + printable(why) + ".");
        }
    }

    void unreadable(Path directory, DirectoryIteratorException e) {
        IOException cause = e.getCause();
        unreadable(directory, cause == null ? new IOException(e) : cause);
    }

    /**
     * All of them, the first ten in full.
     *
     * @return sentences in the order in which they came
     */
    public List<String> sentences() {
        List<String> all = new ArrayList<>(sentences);
        if (more > 0) {
            all.add(more + " more of this kind are not listed.");
        }
        return all;
    }

    /**
     * A piece of a file that can go into a sentence, whatever was in the file.
     *
     * @param raw what was read
     * @return ASCII without control characters, 63 characters at most
     */
    public static String printable(String raw) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(raw.length(), QUOTE); i++) {
            char c = raw.charAt(i);
            text.append(c >= ' ' && c < 127 ? c : '?');
        }
        return raw.length() > QUOTE ? text.append("...").toString() : text.toString();
    }
}
