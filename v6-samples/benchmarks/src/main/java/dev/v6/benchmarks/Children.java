// SPDX-License-Identifier: Apache-2.0
package dev.v6.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Other processes. Whoever starts one ends it.
 */
public final class Children {
    private Children() {}

    /**
     * Starts this JDK with this class path.
     *
     * @param before words such as {@code ip netns exec}
     * @param main the class to run
     * @param arguments its arguments, and options of the JVM among them
     * @return running; its errors go where this process's go
     * @throws IOException if it cannot be started
     */
    public static Process java(List<String> before, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String argument : arguments) {
            if (option(argument)) {
                command.add(argument);
            }
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(Arrays.stream(arguments).filter(word -> !option(word)).toList());
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static boolean option(String argument) {
        return argument.startsWith("-D") || argument.startsWith("-X");
    }

    /**
     * Waits for a process to say something.
     *
     * @param process that prints a line
     * @return the line
     * @throws IOException if it ends without one
     */
    public static String line(Process process) throws IOException {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        if (line == null) {
            throw new IOException("The process ended without a word. See what it printed above.");
        }
        return line;
    }

    /**
     * Runs a command to its end.
     *
     * @param command with its arguments
     * @throws IOException if it fails
     * @throws InterruptedException if this thread is interrupted meanwhile
     */
    public static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IOException(
                    String.join(" ", command) + " failed. It takes root on Linux, iproute2 and nftables.");
        }
    }
}
