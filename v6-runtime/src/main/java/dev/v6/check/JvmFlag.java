// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds a system property among the options of a JVM, and where it stands. A JVM reads JAVA_TOOL_OPTIONS first, then
 * JDK_JAVA_OPTIONS and the command line, then _JAVA_OPTIONS; what it reads last counts.
 */
final class JvmFlag {
    private final String prefix;
    private @Nullable String value;
    private String source = "";
    private String remedy = "";

    private JvmFlag(String property) {
        this.prefix = "-D" + property;
    }

    /** The flag as the options of a process set it. */
    static JvmFlag of(String property, JvmProcess process, Map<String, String> environment) {
        JvmFlag flag = new JvmFlag(property);
        flag.variable("JAVA_TOOL_OPTIONS", environment);
        flag.variable("JDK_JAVA_OPTIONS", environment);
        flag.commandLine(process);
        flag.variable("_JAVA_OPTIONS", environment);
        return flag;
    }

    /** The flag as an environment sets it for every JVM that is started in it. */
    static JvmFlag of(String property, Map<String, String> environment) {
        JvmFlag flag = new JvmFlag(property);
        flag.variable("JAVA_TOOL_OPTIONS", environment);
        flag.variable("JDK_JAVA_OPTIONS", environment);
        flag.variable("_JAVA_OPTIONS", environment);
        return flag;
    }

    /** As the JDK reads it: true in whatever case, and nothing else. */
    boolean isTrue() {
        return "true".equalsIgnoreCase(value);
    }

    /** Where it stands, for example {@code in JAVA_TOOL_OPTIONS}; empty if it stands nowhere. */
    String source() {
        return source;
    }

    /** As it was set last; null if it was not, and empty if without a value. */
    @Nullable
    String value() {
        return value;
    }

    /** How to take it out where it stands; empty if it stands nowhere. */
    String remedy() {
        return remedy;
    }

    private void variable(String name, Map<String, String> environment) {
        String text = environment.get(name);
        if (text != null) {
            for (String word : OptionWords.ofVariable(text)) {
                option(
                        word,
                        "in the environment variable " + name,
                        "Take " + word + " out of " + name
                                + ": it is set by -e on docker run, environment: in compose, or ENV in the image");
            }
        }
    }

    private void commandLine(JvmProcess process) {
        for (LauncherWords.Option option : LauncherWords.of(process).options()) {
            option(option.word(), option.where(), "Take " + option.word() + " out of " + option.place());
        }
    }

    private void option(String word, String where, String toRemove) {
        if (word.equals(prefix) || word.startsWith(prefix + "=")) {
            value = word.equals(prefix) ? "" : word.substring(prefix.length() + 1);
            source = where;
            remedy = toRemove;
        }
    }
}
