// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.ChildJvm;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged agent, run by the JDK that runs the build. */
final class AgentJar {
    static final Path PATH = Path.of(System.getProperty("v6.agentJar"));

    /** The main class of the test's service. */
    static final String SERVICE = Service.class.getName();

    private AgentJar() {}

    /** A JVM with the agent's jar and nothing else: {@code java -jar}. */
    static ProcessBuilder command(List<String> prefix, List<String> jvmOptions, String... words) {
        List<String> command = new ArrayList<>(prefix);
        command.add(ChildJvm.java());
        command.addAll(jvmOptions);
        command.add("-jar");
        command.add(PATH.toString());
        command.addAll(List.of(words));
        return clean(new ProcessBuilder(command));
    }

    static CommandLine run(String... words) throws IOException, InterruptedException {
        return finish(command(List.of(), List.of(), words).start());
    }

    static CommandLine finish(Process process) throws IOException, InterruptedException {
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ended").isTrue();
        return new CommandLine(process.exitValue(), out, err);
    }

    /** The test's service with these JVM options; the class path holds nothing of v6 but what an agent brings. */
    static ProcessBuilder service(List<String> jvmOptions, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(ChildJvm.java());
        command.addAll(jvmOptions);
        command.add("-cp");
        command.add(testClasses());
        command.add(SERVICE);
        command.addAll(List.of(arguments));
        return clean(new ProcessBuilder(command));
    }

    private static String testClasses() {
        try {
            return Path.of(Service.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ProcessBuilder clean(ProcessBuilder builder) {
        builder.environment().keySet().removeIf(name -> name.endsWith("JAVA_OPTIONS") || name.endsWith("TOOL_OPTIONS"));
        return builder;
    }
}
