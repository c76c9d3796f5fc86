// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.ChildJvm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the agent does where it is told to do more than to warn. */
@Timeout(120)
class AgentModesIT {
    /** Where the major version stands, its lower half. */
    private static final int CLASS_FILE_VERSION = 7;

    private final List<Process> started = new ArrayList<>();

    @TempDir
    Path directory;

    private int port;

    @BeforeEach
    void choosePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = socket.getLocalPort();
        }
    }

    @AfterEach
    void stop() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void failEndsAServiceThatOneFamilyCannotReach() throws Exception {
        RunningService service = start(agent("check=fail"), "127.0.0.1");

        assertThat(service.said()).startsWith("v6: NOT READY  " + port + "/tcp nobody  ");
        assertThat(service.saidAbout("ends this JVM")).isEqualTo("v6: v6.check=fail ends this JVM with exit code 78.");
        assertThat(service.process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(service.process.exitValue()).isEqualTo(78);
    }

    @Test
    void failEndsBeforeMainWhereThePlaceOrTheFlagsAreTheFault() throws Exception {
        Process process = started(AgentJar.service(
                List.of(agent("check=fail"), "-Dservice.port=" + port, "-Djava.net.preferIPv4Stack=true"), "any"));

        CommandLine ended = AgentJar.finish(process);
        assertThat(ended.code()).isEqualTo(78);
        assertThat(ended.out()).as("the service's main method").isEmpty();
        assertThat(ended.err()).startsWith("v6: NOT READY  ").contains("V6-101", "set on the command line");
    }

    @Test
    void failLeavesAHealthyServiceAlone() throws Exception {
        RunningService service = start(agent("check=fail"), "any");

        assertThat(service.said()).startsWith("v6: READY  " + port + "/tcp IPv4 IPv6 native  dns ");
        assertThat(service.process.isAlive()).isTrue();
        assertThat(service.rest()).isEmpty();
        assertThat(service.process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(service.process.exitValue()).isZero();
    }

    @Test
    void fixTakesTheFlagBackBeforeMain() throws Exception {
        RunningService service = start(agent("fix=true"), "any", "-Djava.net.preferIPv4Stack=true");

        assertThat(service.said())
                .startsWith("v6: READY  " + port + "/tcp IPv4 IPv6 native  ")
                .contains("  0 findings; repaired: V6-101 preferIPv4Stack is true, V6-102 ");
    }

    @Test
    void fixAndBridgeTogetherMakeAServiceOnLoopbackReady() throws Exception {
        RunningService service = start(agent("fix=true,bridge=auto"), "127.0.0.1", "-Djava.net.preferIPv4Stack=true");

        assertThat(service.said()).startsWith("v6: bridge=auto: the service listens on ");
        assertThat(service.said())
                .startsWith("v6: READY  " + port + "/tcp IPv4 IPv6 native  ")
                .contains("V6-101 preferIPv4Stack is true", "V6-401 listens on loopback only");
    }

    @ParameterizedTest
    @CsvSource({"slf4j, [v6-self-check] WARN dev.v6 - v6: NOT READY", "jul, JUL WARNING dev.v6 v6: NOT READY"})
    void whatTheServiceLogsThroughIsUsed(String logging, String line) throws Exception {
        ProcessBuilder builder = AgentJar.service(List.of());
        builder.command(List.of(
                ChildJvm.java(),
                agent("check=warn"),
                "-Dservice.port=" + port,
                "-cp",
                System.getProperty("java.class.path"),
                LoggingService.class.getName(),
                logging,
                "127.0.0.1"));
        RunningService service = new RunningService(started(builder));

        assertThat(service.saidAbout("NOT READY")).startsWith(line);
    }

    @Test
    void reportGoesToAFileAndIsWrittenAnew() throws Exception {
        Path file = directory.resolve("report.json");
        RunningService service = start(agent("every=200ms,report=" + file), "any");
        service.said();
        String first = awaitFile(file);
        Files.delete(file);

        assertThat(first).contains("\"verdict\":\"READY\"", "\"port\":" + port);
        assertThat(awaitFile(file)).contains("\"verdict\":\"READY\"");
        assertThat(service.rest()).as("nothing has changed, so nothing is said").isEmpty();
    }

    @Test
    void whoAsksAtTheSocketGetsAFreshReport() throws Exception {
        Path socket = directory.resolve("v6.sock");
        try (ServerSocketChannel leftover = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            leftover.bind(UnixDomainSocketAddress.of(socket)); // as one that was killed leaves it
        }
        RunningService service = start(agent("report=unix:" + socket), "any");
        service.said();

        for (int i = 0; i < 3; i++) {
            assertThat(ask(socket)).contains("\"verdict\":\"READY\"", "\"port\":" + port);
        }
        assertThat(service.rest()).isEmpty();
        assertThat(socket).doesNotExist();
    }

    @Test
    void aReportThatCannotBeWrittenIsASentenceAndTheServiceRuns() throws Exception {
        Path file = directory.resolve("nowhere").resolve("report.json");
        RunningService service = start(agent("report=" + file), "any");

        assertThat(service.said()).startsWith("v6: READY ");
        assertThat(service.said())
                .startsWith("v6: The report cannot be put where v6.check.report says, " + file + ": ")
                .endsWith("in a directory that this process may write to.");
        assertThat(service.process.isAlive()).isTrue();
    }

    @Test
    void attachChecksAServiceThatWasStartedWithout() throws Exception {
        RunningService service = start("-Dnothing=here", "127.0.0.1");

        CommandLine attached =
                AgentJar.run("attach", Long.toString(service.process.pid()), "--port", Integer.toString(port));
        CommandLine again = AgentJar.run("attach", Long.toString(service.process.pid()));

        assertThat(attached.code()).isEqualTo(1);
        assertThat(attached.out())
                .startsWith("v6: NOT READY  " + port + "/tcp nobody  dns by the JDK  1 finding: V6-401 ")
                .contains("V6-401  ERROR  listens on loopback only");
        assertThat(again.out()).contains("V6-401  INFO");
        assertThat(service.process.isAlive()).isTrue();
    }

    @Test
    void attachToWhatIsNoJvmIsASentence() throws Exception {
        Process sleep = started(new ProcessBuilder("sleep", "60"));

        CommandLine attached = AgentJar.run("attach", Long.toString(sleep.pid()));

        assertThat(attached.code()).isEqualTo(2);
        assertThat(attached.err())
                .startsWith("v6 attach: The JVM " + sleep.pid() + " could not be attached to: ")
                .doesNotContain("\tat ");
        assertThat(AgentJar.run("attach", "main").err())
                .startsWith("v6 attach: attach takes the number of one process. Write for example attach 1.");
    }

    /**
     * A JVM that cannot read its agent's class does not start; one that is too old for v6 is to run the service all the same.
     * None is to be had here, so to this one the agent is too new: the class file's version is one that no JVM reads.
     */
    @Test
    void aJvmTooOldForTheAgentRunsTheServiceWithoutIt() throws Exception {
        Path jar = directory.resolve("newer-agent.jar");
        try (JarFile agent = new JarFile(AgentJar.PATH.toFile());
                JarOutputStream newer = new JarOutputStream(Files.newOutputStream(jar), agent.getManifest())) {
            String entry = agent.getManifest().getMainAttributes().getValue("Premain-Class");
            for (String name : List.of(entry, "dev.v6.agent.Agent")) {
                String file = name.replace('.', '/') + ".class";
                byte[] content = agent.getInputStream(agent.getEntry(file)).readAllBytes();
                assertThat(content[CLASS_FILE_VERSION]).isEqualTo((byte) (name.equals(entry) ? 52 : 61));
                content[CLASS_FILE_VERSION] = name.equals(entry) ? content[CLASS_FILE_VERSION] : (byte) 127;
                newer.putNextEntry(new JarEntry(file));
                newer.write(content);
            }
        }
        RunningService service = start("-javaagent:" + jar, "any");

        assertThat(service.said())
                .isEqualTo(
                        "v6: V6-104 JDK too old for v6: this Java cannot read the agent, which takes Java 17. The service"
                                + " runs without it. Use a newer Java, or take the agent out.");
        assertThat(service.rest()).isEmpty();
    }

    private static String ask(Path socket) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            try (SocketChannel asked = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
                return new String(Channels.newInputStream(asked).readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                if (System.nanoTime() - end > 0) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
    }

    private static String awaitFile(Path file) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!Files.exists(file)) {
            assertThat(System.nanoTime()).as("before the time is over").isLessThan(end);
            Thread.onSpinWait();
        }
        return Files.readString(file);
    }

    private String agent(String arguments) {
        return "-javaagent:" + AgentJar.PATH + "=ports=" + port + "," + arguments;
    }

    private RunningService start(String agent, String address, String... more) throws IOException {
        List<String> options = new ArrayList<>(List.of(agent, "-Dservice.port=" + port));
        options.addAll(Arrays.asList(more));
        return new RunningService(started(AgentJar.service(options, address)));
    }

    private Process started(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        started.add(process);
        return process;
    }
}
