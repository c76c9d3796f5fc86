// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A process that runs the java launcher.
 *
 * @param pid its number
 * @param directory its place in the proc file system
 * @param command its words, the first of them the launcher
 * @param environment what it was started with, or null if this user may not see it
 */
record JvmProcess(
        long pid,
        Path directory,
        List<String> command,
        @Nullable Map<String, String> environment) {
    private static final int LONGEST_FILE = 1 << 20;

    /** The process, or null if it runs something else, has ended, or is none of ours to see. */
    static @Nullable JvmProcess read(Path directory, long pid) {
        List<String> command = split(content(directory.resolve("cmdline")));
        if (command == null || command.isEmpty() || !launcher(command.get(0))) {
            return null;
        }
        List<String> variables = split(content(directory.resolve("environ")));
        return new JvmProcess(pid, directory, command, variables == null ? null : environment(variables));
    }

    private static boolean launcher(String program) {
        return program.equals("java") || program.endsWith("/java");
    }

    private static @Nullable List<String> split(@Nullable String content) {
        if (content == null) {
            return null;
        }
        List<String> words = new ArrayList<>();
        int start = 0;
        for (int end = content.indexOf('\0'); end >= 0; end = content.indexOf('\0', start)) {
            words.add(content.substring(start, end));
            start = end + 1;
        }
        if (start < content.length()) {
            words.add(content.substring(start));
        }
        return words;
    }

    private static Map<String, String> environment(List<String> variables) {
        Map<String, String> environment = new HashMap<>();
        for (String variable : variables) {
            int equals = variable.indexOf('=');
            if (equals > 0) {
                environment.put(variable.substring(0, equals), variable.substring(equals + 1));
            }
        }
        return environment;
    }

    private static @Nullable String content(Path file) {
        try (InputStream in = new FileInputStream(file.toFile())) {
            return new String(in.readNBytes(LONGEST_FILE), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return null; // gone since the directory was read, or another user's
        }
    }

    /**
     * The text of a file as that process would find it: in its own root, from its own working directory.
     *
     * @param name as it stands on the command line
     * @return null if it cannot be read
     */
    @Nullable
    String file(String name) {
        String relative = name.startsWith("/") ? "root" + name : "cwd/" + name;
        return content(directory.resolve(relative));
    }

    /** For example {@code process 42 (app.jar)}: what else is on a command line may be secret. */
    @Override
    public String toString() {
        return "process " + pid + " (" + LauncherWords.of(this).program().replaceAll("\\p{Cntrl}", "?") + ")";
    }
}
