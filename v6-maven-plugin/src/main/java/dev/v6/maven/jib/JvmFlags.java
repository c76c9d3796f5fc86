// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.jib;

import dev.v6.Finding;
import dev.v6.FindingCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds {@code -Djava.net.preferIPv4Stack=true} where a JVM would: in the command that starts it and in the environment
 * variables that it reads. Pure functions over a container's command and environment.
 */
public final class JvmFlags {
    private static final String FLAG = "-Djava.net.preferIPv4Stack";
    /** What {@code Boolean.getBoolean} takes for true, and the JVM goes by it. */
    private static final String ON = FLAG + "=true";

    /** Read before the command's own options, in this order. */
    private static final List<String> BEFORE = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS");
    /** Read after them. */
    private static final String AFTER = "_JAVA_OPTIONS";

    /** Options of the launcher whose value is the next word. */
    private static final Set<String> WITH_VALUE = Set.of(
            "-cp",
            "-classpath",
            "--class-path",
            "-p",
            "--module-path",
            "--upgrade-module-path",
            "--add-modules",
            "--limit-modules",
            "--add-exports",
            "--add-opens",
            "--add-reads",
            "--patch-module",
            "--enable-native-access",
            "--source");

    /** Options after which everything belongs to the service. */
    private static final Set<String> LAST = Set.of("-jar", "-m", "--module");

    private static final Set<String> CLASS_PATH = Set.of("-cp", "-classpath", "--class-path");

    /** Options after which a JVM may lack a module. */
    private static final Set<String> MODULES = Set.of("-m", "--module", "--limit-modules");

    private static final Set<String> ARCHIVES = Set.of(
            "-XX:SharedArchiveFile",
            "-XX:ArchiveClassesAtExit",
            "-XX:+AutoCreateSharedArchive",
            "-XX:AOT",
            "-Xshare",
            "-XX:Flags",
            "-XX:VMOptionsFile");

    private JvmFlags() {}

    /**
     * Whether the JVM that a container starts has IPv6 turned off, and by what.
     *
     * @param command what the container runs: its entrypoint and the arguments to it
     * @param environment its environment variables
     * @return finding 101, whose evidence names every place that says so; empty where none does or a later one takes it
     *     back
     */
    public static Optional<Finding> preferIpv4Stack(List<String> command, Map<String, String> environment) {
        List<String> places = places(command, environment);
        return places.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.of(
                        FindingCode.PREFER_IPV4_STACK, ON + " stands in " + String.join(" and in ", places)));
    }

    /**
     * Where the flag stands.
     *
     * @param command as above
     * @param environment as above
     * @return places in words, such as {@code the entrypoint} or {@code JAVA_TOOL_OPTIONS}; empty as above
     */
    static List<String> places(List<String> command, Map<String, String> environment) {
        List<String> places = new ArrayList<>();
        String lastWord = "";
        Map<String, List<String>> sources = new LinkedHashMap<>();
        for (String variable : BEFORE) {
            sources.put("the environment variable " + variable, words(environment, variable));
        }
        sources.put("the entrypoint", words(command));
        sources.put("the environment variable " + AFTER, words(environment, AFTER));
        for (Map.Entry<String, List<String>> source : sources.entrySet()) {
            for (String word : source.getValue()) {
                if (turnsOff(word) && !places.contains(source.getKey())) {
                    places.add(source.getKey());
                }
                lastWord = isAbout(word) ? word : lastWord;
            }
        }
        // The JVM goes by the last one it reads.
        return turnsOff(lastWord) ? places : List.of();
    }

    /** Whether a command begins with the java launcher itself, so that options may follow it. */
    static boolean startsJava(List<String> command) {
        return !command.isEmpty() && isJava(command.get(0));
    }

    /**
     * Whether a command starts java with a program of the class path and with all modules of the JDK. Words that only
     * argument files tell may say otherwise.
     */
    static boolean withAllModules(List<String> command, Map<String, String> environment) {
        String before = "";
        for (String word : allWords(command, environment)) {
            boolean file = word.startsWith("@") && !CLASS_PATH.contains(before);
            if (file || MODULES.contains(word) || MODULES.stream().anyMatch(option -> word.startsWith(option + "="))) {
                return false;
            }
            before = word;
        }
        return startsJava(command);
    }

    /** Whether a JVM is to use or make an archive of classes besides the JDK's (JEP 310, 350, 483). */
    static boolean ownArchive(List<String> command, Map<String, String> environment) {
        return allWords(command, environment).stream()
                .anyMatch(word -> ARCHIVES.stream().anyMatch(word::startsWith));
    }

    private static List<String> allWords(List<String> command, Map<String, String> environment) {
        List<String> words = new ArrayList<>(command);
        environment.forEach((name, value) ->
                words.addAll(isRead(name) ? OptionText.of(value).words() : List.of()));
        return words;
    }

    /** The command without the flag. */
    static List<String> without(List<String> command) {
        Set<Integer> options = options(command);
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < command.size(); i++) {
            String word = command.get(i);
            if (!options.contains(i)) {
                kept.add(word);
            } else if (!turnsOff(word)) {
                kept.add(startsJava(command) ? word : OptionText.of(word).without(JvmFlags::turnsOff));
            }
        }
        return kept;
    }

    /** The environment without the flag; a variable that held nothing else is gone. */
    static Map<String, String> without(Map<String, String> environment) {
        Map<String, String> kept = new LinkedHashMap<>();
        environment.forEach((name, value) -> {
            String rest = isRead(name) ? OptionText.of(value).without(JvmFlags::turnsOff) : value;
            if (!rest.isEmpty() || value.isEmpty()) {
                kept.put(name, rest);
            }
        });
        return Collections.unmodifiableMap(kept);
    }

    private static boolean isRead(String variable) {
        return BEFORE.contains(variable) || AFTER.equals(variable);
    }

    private static List<String> words(Map<String, String> environment, String variable) {
        return OptionText.of(environment.getOrDefault(variable, "")).words();
    }

    /** The words of a command that a JVM takes for its own options, as far as can be told from outside. */
    private static List<String> words(List<String> command) {
        List<String> words = new ArrayList<>();
        for (int i : options(command)) {
            // What is not java itself may be a shell with a whole script in one word.
            words.addAll(
                    startsJava(command)
                            ? List.of(command.get(i))
                            : OptionText.of(command.get(i)).words());
        }
        return words;
    }

    /** Where the options stand: before the main class, and not as the value of another; anywhere, if not after java. */
    private static Set<Integer> options(List<String> command) {
        Set<Integer> options = new TreeSet<>();
        boolean java = startsJava(command);
        for (int at = java ? 1 : 0; at < command.size(); at++) {
            String word = command.get(at);
            if (java && (LAST.contains(word) || !(word.startsWith("-") || word.startsWith("@")))) {
                break;
            }
            options.add(at);
            at += java && WITH_VALUE.contains(word) ? 1 : 0;
        }
        return options;
    }

    private static boolean isJava(String word) {
        return word.equals("java") || word.endsWith("/java");
    }

    private static boolean isAbout(String word) {
        return word.equals(FLAG) || word.startsWith(FLAG + "=");
    }

    private static boolean turnsOff(String word) {
        return word.equalsIgnoreCase(ON) && isAbout(word);
    }
}
