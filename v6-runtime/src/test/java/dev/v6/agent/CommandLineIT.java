// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code java -jar v6-runtime-agent.jar} as users and the Maven plugin run it. */
class CommandLineIT {
    private static final String PREFER_IPV4 = "-Djava.net.preferIPv4Stack=true";

    private final List<Process> started = new ArrayList<>();

    @TempDir
    Path directory;

    @AfterEach
    void stop() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void versionIsThatOfTheJar() throws Exception {
        assertThat(AgentJar.run("--version").out()).matches("v6 \\d+\\.\\d+\\.\\d+\\S*\n");
    }

    @Test
    void exitCodesTellWrongUsageFromFindings() throws Exception {
        assertThat(AgentJar.run("--help").code()).isZero();
        assertThat(AgentJar.run("prob").code()).isEqualTo(2);
        assertThat(AgentJar.run("probe", "127.0.0.1", "1").code()).isEqualTo(1);
    }

    @Test
    void flagOfTheServiceIsFoundFromBeside() throws Exception {
        int port = start(AgentJar.service(List.of(PREFER_IPV4), "any"));

        CommandLine check = AgentJar.run("check", "--port", Integer.toString(port));

        assertThat(check.code()).isEqualTo(1);
        assertThat(check.out())
                .contains(PREFER_IPV4 + " on the command line of process ", " (dev.v6.agent.Service)\n")
                .contains("V6-402  ERROR  listens on IPv4 only\n  seen:   tcp 0.0.0.0:" + port + " (process ");
        assertThat(check.err()).isEmpty();
    }

    @Test
    void serviceOnLoopbackIsFound() throws Exception {
        int port = start(AgentJar.service(List.of(), "127.0.0.1"));

        CommandLine check = AgentJar.run("check", "--port", Integer.toString(port), "--json");

        assertThat(check.code()).isEqualTo(1);
        assertThat(check.out())
                .contains("{\"code\":\"V6-401\",\"severity\":\"ERROR\",\"title\":\"listens on loopback only\","
                        + "\"evidence\":\"tcp6 [::ffff:127.0.0.1]:" + port + " (process ");
    }

    @Test
    void serviceOnBothFamiliesIsFine() throws Exception {
        int port = start(AgentJar.service(List.of(), "any"));

        CommandLine probe = AgentJar.run("probe", "--target", "127.0.0.1:" + port, "--target", "[::1]:" + port);
        assertThat(probe.out()).contains("answered hello");
        assertThat(probe.code()).isZero();
        assertThat(AgentJar.run("check", "--port", Integer.toString(port)).out())
                .doesNotContain("V6-1", "V6-4", "UNKNOWN");
    }

    /** In a container the service's JAVA_TOOL_OPTIONS reach whatever else is started there. */
    @Test
    void optionsOfTheServiceDoNotBlindTheProbe() throws Exception {
        int port = start(AgentJar.service(List.of(), "any"));
        ProcessBuilder probe = AgentJar.command(List.of(), List.of(), "probe", "::1", Integer.toString(port));
        probe.environment().put("JAVA_TOOL_OPTIONS", PREFER_IPV4 + " -javaagent:" + AgentJar.PATH);

        CommandLine result = AgentJar.finish(started(probe));

        assertThat(result.out()).startsWith("ok ");
        assertThat(result.err().lines()).as("nothing but the JVM's own word").hasSize(1);
    }

    @Test
    void witnessTellsOfAnArrivalAtOnceAndEndsOnSigterm() throws Exception {
        try (ServerSocket server = new ServerSocket(0)) {
            Process witness = started(AgentJar.command(
                    List.of(), List.of(), "witness", "--port", Integer.toString(server.getLocalPort()), "--json"));
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(witness.getInputStream(), StandardCharsets.UTF_8));
            assertThat(out.readLine()).startsWith("{\"event\":\"facts\"");
            String listeners = out.readLine();
            assertThat(listeners).startsWith("{\"event\":\"listeners\"").contains("\"port\":" + server.getLocalPort());

            try (Socket client = new Socket("::1", server.getLocalPort())) {
                assertThat(line(out, "arrival"))
                        .contains("\"family\":\"IPv6\",\"peer\":\"::1\",\"peerPort\":" + client.getLocalPort())
                        .contains("\"accepted\":false");
                try (Socket taken = server.accept()) {
                    assertThat(taken.isConnected()).isTrue();
                    assertThat(line(out, "arrival")).contains("\"accepted\":true");
                }
            }
            witness.destroy();
            assertThat(witness.waitFor(10, TimeUnit.SECONDS)).as("it ended").isTrue();
        }
    }

    @Test
    void anyUserMayRunIt() throws Exception {
        assumeTrue(Files.getOwner(directory).getName().equals("root"), "only root can become another user");
        Path open = Files.createTempDirectory("v6-agent");
        Path jar = Files.copy(AgentJar.PATH, open.resolve("agent.jar"));
        try {
            assertThat(open.toFile().setExecutable(true, false)).isTrue();
            assertThat(open.toFile().setReadable(true, false)).isTrue();
            int port = start(AgentJar.service(List.of(), "any"));
            List<String> asNobody = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
            ProcessBuilder check = AgentJar.command(asNobody, List.of(), "check", "--port", Integer.toString(port));
            check.command().set(check.command().indexOf(AgentJar.PATH.toString()), jar.toString());
            check.directory(open.toFile());

            CommandLine result = AgentJar.finish(started(check));

            assertThat(result.err()).isEmpty();
            assertThat(result.out()).startsWith("v6: ").doesNotContain("V6-1", "V6-4", "UNKNOWN");
        } finally {
            Files.delete(jar);
            Files.delete(open);
        }
    }

    /** Start-up counts: these two run beside a service while somebody waits. */
    @Test
    void quickCommandsLinkNothingAtRunTime() throws Exception {
        int port = start(AgentJar.service(List.of(), "any"));
        for (List<String> words : List.of(
                List.of("probe", "127.0.0.1", Integer.toString(port)),
                List.of("witness", "--port", Integer.toString(port), "--json", "--for", "1ms"))) {
            Path classes = directory.resolve(words.get(0));
            AgentJar.finish(started(AgentJar.command(
                    List.of(), List.of("-Xlog:class+load:file=" + classes), words.toArray(new String[0]))));

            assertThat(Files.readAllLines(classes))
                    .anyMatch(line -> line.contains("dev.v6.agent.Main"))
                    .noneMatch(line -> line.contains("dev.v6") && line.contains("Lambda"))
                    .noneMatch(line -> line.contains(" java.util.Formatter "))
                    .noneMatch(line -> line.contains(" java.util.logging."));
        }
        try (JarFile jar = new JarFile(AgentJar.PATH.toFile())) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                String content = new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1);
                assertThat(content).as(entry.getName()).doesNotContain("makeConcatWithConstants");
            }
        }
    }

    private static String line(BufferedReader out, String event) throws IOException {
        String line = out.readLine();
        while (line != null && !line.startsWith("{\"event\":\"" + event + "\"")) {
            line = out.readLine();
        }
        assertThat(line).as("a line of " + event).isNotNull();
        return line;
    }

    private int start(ProcessBuilder service) throws IOException {
        Process process = started(service);
        return Integer.parseInt(
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine());
    }

    private Process started(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        started.add(process);
        return process;
    }
}
