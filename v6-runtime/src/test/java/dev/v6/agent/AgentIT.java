// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.proc.ProcFs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code -javaagent:v6-runtime-agent.jar} in a service's JVM. */
@Timeout(120)
class AgentIT {
    private final List<Process> started = new ArrayList<>();

    @TempDir
    Path directory;

    @AfterEach
    void stop() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void wellIsSaidOrTheFindings() throws Exception {
        RunningService service = start(List.of("-javaagent:" + AgentJar.PATH), "any");

        // What the kernel offers on this machine is not this test's matter, but what the service does is.
        assertThat(service.said()).startsWith("v6: ");
        assertThat(service.rest()).doesNotContain("V6-1", "V6-4");
    }

    /** How images that v6:build bakes name the agent. */
    @Test
    void theLibraryOfAgentsTakesItToo() throws Exception {
        int port = freePort();
        RunningService service = start(
                List.of(
                        "-agentlib:instrument=" + AgentJar.PATH + "=ports=" + port + ",check=warn",
                        "-Dservice.port=" + port),
                "127.0.0.1");

        assertThat(service.said()).contains(port + "/tcp", "V6-401 listens on loopback only");
    }

    @Test
    void flagAndListenerAreFound() throws Exception {
        RunningService service =
                start(List.of("-javaagent:" + AgentJar.PATH, "-Djava.net.preferIPv4Stack=true"), "any");

        assertThat(service.said())
                .matches("v6: NOT READY  " + service.port + "/tcp IPv4  dns .*: V6-101 preferIPv4Stack is true.*");
        assertThat(service.rest())
                .contains("This JVM runs with java.net.preferIPv4Stack=true, set on the command line")
                .contains("V6-402  ERROR  listens on IPv4 only\n  seen:   tcp 0.0.0.0:" + service.port);
    }

    @Test
    void namedPortIsWaitedFor() throws Exception {
        int port = freePort();
        RunningService service =
                start(List.of("-javaagent:" + AgentJar.PATH + "=ports=" + port, "-Dservice.port=" + port), "127.0.0.1");

        assertThat(service.said()).contains("V6-401 listens on loopback only");
        assertThat(service.rest()).contains("tcp6 [::ffff:127.0.0.1]:" + port);
    }

    @Test
    void aNamedPortOnLoopbackAloneIsBridgedWhereThatIsWanted() throws Exception {
        int port = freePort();
        RunningService service = start(
                List.of("-javaagent:" + AgentJar.PATH + "=bridge=auto,ports=" + port, "-Dservice.port=" + port),
                "127.0.0.1");

        String said = service.said();
        assertThat(said)
                .startsWith("v6: bridge=auto: the service listens on 127.0.0.1:" + port
                        + " alone; a bridge to it listens on ");
        Matcher first = Pattern.compile("a bridge to it listens on ([^,]+):").matcher(said);
        assertThat(first.find()).isTrue();
        InetAddress address = InetAddress.getByName(first.group(1));
        try (Socket client = new Socket(address, port)) {
            assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .isEqualTo("hello\n");
        }
        assertThat(service.said())
                .doesNotContain("findings: V6-401")
                .contains("repaired: V6-401 listens on loopback only");
    }

    @Test
    void aServiceThatOthersReachIsNotBridged() throws Exception {
        int port = freePort();
        RunningService service = start(
                List.of("-javaagent:" + AgentJar.PATH + "=bridge=auto,ports=" + port, "-Dservice.port=" + port), "any");

        assertThat(service.rest()).doesNotContain("bridge=auto");
    }

    @Test
    void switchedOffItSaysNothing() throws Exception {
        String agent = "-javaagent:" + AgentJar.PATH + "=nonsense";
        RunningService byProperty = start(List.of(agent, "-Dv6.check=off"), "127.0.0.1");
        ProcessBuilder builder = AgentJar.service(List.of(agent), "127.0.0.1");
        builder.environment().put("V6_CHECK", "off");
        RunningService byVariable = start(builder);

        assertThat(byProperty.rest()).isEmpty();
        assertThat(byVariable.rest()).isEmpty();
    }

    @Test
    void misspeltArgumentAndSettingAreAnsweredAndTheServiceRuns() throws Exception {
        RunningService service =
                start(List.of("-javaagent:" + AgentJar.PATH + "=port=8080", "-Dv6.check=of"), "127.0.0.1");

        assertThat(service.said()).isEqualTo("v6: There is no agent argument port. Did you mean ports?");
        assertThat(service.said())
                .isEqualTo("v6: v6.check is 'of', which is not known, and so taken as warn. Did you mean off?");
        assertThat(service.port).isPositive();
    }

    /** The JDK reads the property once, when its first network class is initialised: that must not be the agent's. */
    @Test
    void whatTheServiceSetsInItsFirstLinesStillCounts() throws Exception {
        ProcessBuilder builder = AgentJar.service(
                List.of("-javaagent:" + AgentJar.PATH + "=ports=1", "-Xlog:class+load=info:file=" + log()),
                "any",
                "java.net.preferIPv4Stack=true");
        Process process = started(builder);
        awaitLog(".proc.TableReader");
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        int port = Integer.parseInt(reader(process).readLine());

        assertThat(ProcFs.ofProcess(process.pid()).listeners().rows())
                .map(Object::toString)
                .contains("tcp 0.0.0.0:" + port);
    }

    /** Each class takes the service's main thread half a millisecond, a method handle for premain more than ten. */
    @Test
    void littleIsLoadedBeforeMain() throws Exception {
        start(
                List.of(
                        "-agentlib:instrument=" + AgentJar.PATH + "=ports=1",
                        "-Dv6.dns=off",
                        "-Xlog:class+load=info:file=" + log()),
                "any");
        awaitLog(AgentJar.SERVICE + " source:");
        List<String> before = new ArrayList<>();
        for (String line : Files.readAllLines(log())) {
            if (line.contains(AgentJar.SERVICE + " source:")) {
                break;
            }
            before.add(line);
        }

        assertThat(before).filteredOn(line -> line.contains(" dev.v6.")).hasSize(6);
        assertThat(before).noneMatch(line -> line.contains("LambdaForm$MH") || line.contains("$$Lambda"));
    }

    @Test
    void agentStartsNoLogging() throws Exception {
        assertThat(loadedUntilItHasSpoken("127.0.0.1"))
                .anyMatch(line -> line.contains(".check.SelfCheck"))
                .noneMatch(line -> line.contains("java.util.logging"));
    }

    /** Each would be a class that the JVM makes at the service's start, and the first one brings the machinery for it. */
    @Test
    void agentAndCheckLoadNoLambda() throws Exception {
        assertThat(loadedUntilItHasSpoken("any"))
                .anyMatch(line -> line.contains(".check.Report"))
                .filteredOn(line -> line.contains("dev.v6.") && line.contains("$$Lambda"))
                .allMatch(line -> line.contains(Service.class.getName() + "$$Lambda"));
    }

    private List<String> loadedUntilItHasSpoken(String address) throws IOException {
        RunningService service =
                start(List.of("-javaagent:" + AgentJar.PATH, "-Xlog:class+load=info:file=" + log()), address);
        assertThat(service.said()).startsWith("v6: ");
        return Files.readAllLines(log());
    }

    private Path log() {
        return directory.resolve("jvm.log");
    }

    /** Reads on until the JVM has logged a word. */
    private void awaitLog(String word) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!Files.exists(log()) || !Files.readString(log()).contains(word)) {
            assertThat(System.nanoTime()).as("before the time is over").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    private RunningService start(List<String> jvmOptions, String address) throws IOException {
        return start(AgentJar.service(jvmOptions, address));
    }

    private RunningService start(ProcessBuilder builder) throws IOException {
        return new RunningService(started(builder));
    }

    private Process started(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }
}
