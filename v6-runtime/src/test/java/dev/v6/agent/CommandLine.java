// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One run of the command line and what came of it. */
record CommandLine(int code, String out, String err) {

    static CommandLine run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(List.of(args), stream(out), stream(err));
        return new CommandLine(code, text(out), text(err));
    }

    static CommandLine run(Command command, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try {
            int code = command.run(List.of(words), stream(out), stream(err));
            return new CommandLine(code, text(out), text(err));
        } catch (UsageException e) {
            return new CommandLine(Command.USAGE, text(out), String.valueOf(e.getMessage()));
        }
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
