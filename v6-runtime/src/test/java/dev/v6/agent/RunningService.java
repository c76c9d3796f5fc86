// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A {@link Service} in a JVM of its own that has told its port. */
final class RunningService {
    final Process process;
    final int port;
    private final BufferedReader out;
    private final BufferedReader err;

    RunningService(Process process) throws IOException {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.err = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        this.port = Integer.parseInt(out.readLine());
    }

    /** The next line on standard error. */
    String said() throws IOException {
        return err.readLine();
    }

    /** The next line on standard output. */
    String printed() throws IOException {
        return out.readLine();
    }

    /** Reads on until a line of standard error has this in it, and gives that. */
    String saidAbout(String word) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String line = said(); line != null; line = said()) {
            if (line.contains(word)) {
                return line;
            }
            all.append(line).append('\n');
        }
        throw new AssertionError("'" + word + "' was not said, but:\n" + all);
    }

    /** Ends the service and gives what else it said. */
    String rest() throws IOException {
        try (OutputStream end = process.getOutputStream()) {
            end.flush();
        }
        StringBuilder text = new StringBuilder();
        for (String line = err.readLine(); line != null; line = err.readLine()) {
            text.append(line).append('\n');
        }
        return text.toString();
    }
}
