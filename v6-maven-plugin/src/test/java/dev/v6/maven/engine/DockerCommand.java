// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The docker command, as users have it, for one of the lab's engines. */
public record DockerCommand(LabEngine engine) {

    /** Runs it to its end, and gives what it printed. */
    public String run(List<String> words) throws IOException {
        return run(words, 0);
    }

    /** The same for a command in a container whose exit code says something of its own. */
    public String run(List<String> words, int besides) throws IOException {
        List<String> command = new ArrayList<>(List.of("docker", "-H", engine.host()));
        command.addAll(words);
        Path errors = Files.createTempFile("v6-docker", ".txt");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        try {
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
            int exit = process.waitFor();
            if (exit != 0 && exit != besides) {
                throw new IOException(String.join(" ", command) + ": " + out + Files.readString(errors));
            }
            return out;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            Files.delete(errors);
        }
    }
}
