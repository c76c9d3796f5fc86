// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The command line of a java launcher, taken apart: options, and the program after which the words are its own. */
final class LauncherWords {
    /** The options that take the next word as their value, so that it is no main class. */
    private static final Set<String> WITH_VALUE = Set.of(
            "-cp",
            "-classpath",
            "--class-path",
            "-p",
            "--module-path",
            "--upgrade-module-path",
            "--add-modules",
            "--limit-modules",
            "--add-reads",
            "--add-exports",
            "--add-opens",
            "--patch-module",
            "--enable-native-access",
            "--source");

    private static final String ON_COMMAND_LINE = "on the command line";

    private static final Set<String> CLASS_PATH = Set.of("-cp", "-classpath", "--class-path");

    private static final String CLASS_PATH_IS = "--class-path=";

    private static final Set<String> BEFORE_PROGRAM = Set.of("-jar", "-m", "--module");

    private final List<Option> options = new ArrayList<>();
    private String program = "java";
    private String classPath = "";
    private String before = "";
    private boolean over;

    /**
     * One option.
     *
     * @param word as written
     * @param where on the command line, or in which argument file
     */
    record Option(String word, String where) {
        /** The same for a sentence on what to change. */
        String place() {
            return where.startsWith(ON_COMMAND_LINE)
                    ? "the command line: the image's entrypoint or command, or <jvmFlags> of Jib"
                    : where.substring("in ".length());
        }
    }

    private LauncherWords() {}

    static LauncherWords of(JvmProcess process) {
        LauncherWords words = new LauncherWords();
        for (String word : process.command().subList(1, process.command().size())) {
            boolean named = word.startsWith("@") && !word.startsWith("@@") && !words.over;
            String file = named ? process.file(word.substring(1)) : null;
            if (named && file == null) {
                words.unreadable();
            } else if (file == null) {
                words.next(word, ON_COMMAND_LINE);
            } else {
                for (String inFile : OptionWords.ofFile(file)) {
                    words.next(inFile, "in the argument file " + word);
                }
            }
        }
        return words;
    }

    List<Option> options() {
        return options;
    }

    /** The main class, the jar or the module; {@code java} if there is none. */
    String program() {
        return program;
    }

    /** The class path as it stands there, or the jar; empty if neither is named. */
    String classPath() {
        return classPath;
    }

    /** An argument file of another user: its words are options, or the value of the option before it. */
    private void unreadable() {
        before = "";
    }

    private void next(String word, String where) {
        if (over) {
            return;
        }
        if (BEFORE_PROGRAM.contains(before) || !(WITH_VALUE.contains(before) || word.startsWith("-"))) {
            program = word;
            classPath = before.equals("-jar") ? word : classPath;
            over = true;
        } else if (WITH_VALUE.contains(before)) {
            classPath = CLASS_PATH.contains(before) ? word : classPath;
            before = "";
        } else {
            classPath = word.startsWith(CLASS_PATH_IS) ? word.substring(CLASS_PATH_IS.length()) : classPath;
            options.add(new Option(word, where));
            before = word;
        }
    }
}
