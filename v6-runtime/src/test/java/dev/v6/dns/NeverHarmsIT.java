// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.ChildJvm;
import dev.v6.lab.RequiresNamespaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A service with the packaged agent, where there is less than usual, or more: it runs, and names are found. */
@RequiresNamespaces
@RequiresNameServers
@Timeout(180)
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {NeverHarmsIT.AGENT, NeverHarmsIT.BAKED})
class NeverHarmsIT {
    static final String AGENT = "-javaagent:PLACE/agent.jar";

    /** As images that v6:build bakes have it: from the boot class path. */
    static final String BAKED = "-agentlib:instrument=PLACE/boot.jar";

    private static final String SIX = "six.test/2001:db8:0:0:0:0:0:66";
    private static final String DB = "db/198.18.90.9 db/2001:db8:90:0:0:0:0:9";
    private static final String OTEL = System.getProperty("v6.otelJar");
    private static final List<String> OTEL_QUIET =
            List.of("-Dotel.traces.exporter=none", "-Dotel.metrics.exporter=none", "-Dotel.logs.exporter=none");

    @TempDir
    Path directory;

    @Parameter
    String flag;

    private ContainerNetwork network;
    private Path place;
    private String agent;

    @BeforeEach
    void network() throws Exception {
        network = new ContainerNetwork(directory);
        network.embedded();
        network.container.resolvConf(Files.readString(network.conf));
        place = AgentService.pack(directory);
        agent = flag.replace("PLACE", place.toString());
    }

    @AfterEach
    void end() throws Exception {
        network.close();
    }

    private AgentService start(List<String> before, String... options) throws IOException {
        return AgentService.start(network, place, before, ChildJvm.java(), options);
    }

    private static List<String> shell(String first) {
        return List.of("unshare", "-m", "sh", "-c", first + " && exec \"$@\"", "sh");
    }

    /** Neither a stack trace nor the words of an exception of ours. */
    private static void nothingBroke(String said) {
        assertThat(said).doesNotContain("\tat ", "Exception", "Error:", "Please report", "please report");
    }

    static List<Arguments> places() {
        List<String> nobody = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
        return List.of(
                Arguments.of("as nobody", nobody, List.of()),
                Arguments.of("on a read-only root", shell("mount -o remount,bind,ro /"), List.of()),
                Arguments.of("with 64 MB of heap", List.of(), List.of("-Xmx64m")),
                Arguments.of("with 8 MB of heap and one processor", List.of(), List.of("-Xmx8m", "-XX:+UseSerialGC")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("places")
    void itIsCheckedAndNamesAreFound(String name, List<String> before, List<String> options) throws Exception {
        List<String> all = new ArrayList<>(List.of(agent));
        all.addAll(options);
        try (AgentService service = start(before, all.toArray(String[]::new))) {
            assertThat(service.looks("six.test")).isEqualTo(SIX);
            assertThat(service.looks("db")).isEqualTo(DB);
            service.asks("listen", "any");
            nothingBroke(service.says("v6: "));
        }
    }

    /** The JDK itself sees no IPv6 then, so that only IPv4 addresses and IPv4 servers are of use. */
    @Test
    void withoutProcNamesAreFoundAsFarAsTheJvmGoes() throws Exception {
        Path libraries = Path.of(System.getProperty("java.home"), "lib");
        List<String> before = new ArrayList<>(shell("mount -t tmpfs none /proc"));
        // The launcher finds its library by a link in /proc.
        before.addAll(List.of("env", "LD_LIBRARY_PATH=" + libraries + ":" + libraries.resolve("server")));
        try (AgentService service = start(before, agent)) {
            service.asks("listen", "any");
            assertThat(service.looks("db")).isEqualTo("db/198.18.90.9");
            assertThat(service.looks("six.test")).startsWith("none: ");
            assertThat(service.looks("localhost")).isEqualTo("localhost/127.0.0.1");
            nothingBroke(service.said());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void besideOpenTelemetrysAgent(boolean first) throws Exception {
        String other = "-javaagent:" + OTEL;
        List<String> options = new ArrayList<>(first ? List.of(agent, other) : List.of(other, agent));
        options.addAll(OTEL_QUIET);
        try (AgentService service = start(List.of(), options.toArray(String[]::new))) {
            assertThat(service.looks("six.test")).isEqualTo(SIX);
            assertThat(service.looks("db")).isEqualTo(DB);
            assertThat(service.asks("class", "io.netty.channel.Channel")).isEqualTo("not visible");
            service.asks("listen", "any");
            String said = service.says("v6: ");
            assertThat(said).contains("opentelemetry-javaagent - version");
            nothingBroke(said);
        }
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_23, disabledReason = "later JDKs have no security manager")
    void underASecurityManagerThatAllowsAllIsAsWithoutOne() throws Exception {
        try (AgentService service = start(List.of(), guarded("grant { permission java.security.AllPermission; };"))) {
            assertThat(service.looks("six.test")).isEqualTo(SIX);
            service.asks("listen", "any");
            nothingBroke(service.says("v6: "));
        }
    }

    /** What the service itself may do, and v6 nothing. */
    @Test
    @EnabledForJreRange(max = JRE.JAVA_23, disabledReason = "later JDKs have no security manager")
    void underASecurityManagerThatForbidsItAllV6SaysSoAndTheServiceRuns() throws Exception {
        try (AgentService service = start(
                List.of(),
                guarded("grant { permission java.net.SocketPermission \"*\","
                        + " \"listen,resolve,accept,connect\"; permission java.lang.RuntimePermission \"getStackTrace\";"
                        + " permission java.lang.RuntimePermission \"modifyThreadGroup\"; };"))) {
            service.asks("listen", "any");
            assertThat(service.looks("db")).isEqualTo(DB);
            assertThat(service.looks("none.test")).startsWith("none: ");
            assertThat(v6Lines(service.said())).hasSizeLessThanOrEqualTo(1);
            assertThat(service.said()).doesNotContain("\tat ");
        }
    }

    /** The usual policy: what is deployed is trusted, and what the service's own code may do is listed. */
    @Test
    @EnabledForJreRange(max = JRE.JAVA_23, disabledReason = "later JDKs have no security manager")
    void underASecurityManagerThatTrustsTheAgentAloneTheServiceRuns() throws Exception {
        try (AgentService service = start(
                List.of(),
                guarded(
                        "grant codeBase \"file:" + place.resolve("agent.jar")
                                + "\" { permission java.security.AllPermission; };"
                                + " grant { permission java.net.SocketPermission \"*\", \"listen,resolve,accept,connect\"; };"))) {
            assertThat(service.looks("db")).isEqualTo(DB);
            service.asks("listen", "any");
            String said = service.says("v6: ");
            assertThat(service.looks("none.test")).startsWith("none: ");
            assertThat(said).doesNotContain("\tat ");
        }
    }

    private String[] guarded(String policy) throws IOException {
        Path file = Files.writeString(place.resolve("policy"), policy + "\n");
        return new String[] {agent, "-Djava.security.manager", "-Djava.security.policy==" + file};
    }

    private static List<String> v6Lines(String said) {
        return said.lines().filter(line -> line.startsWith("v6: ")).toList();
    }

    @Test
    void whenAllIsDoneOneThreadIsLeft() throws Exception {
        Set<String> without;
        try (AgentService service = start(List.of())) {
            service.looks("db");
            service.asks("listen", "any");
            without = threads(service);
        }
        try (AgentService service = start(List.of(), agent)) {
            assertThat(service.looks("six.test")).isEqualTo(SIX);
            service.asks("listen", "any");
            service.says("v6: ");
            Set<String> more = threads(service);
            // Threads that answered before v6 was there end after a second.
            for (int i = 0; i < 500 && more.size() > without.size() + 1; i++) {
                service.jvm().runsFor(Duration.ofMillis(20));
                more = threads(service);
            }
            more.removeAll(without);
            assertThat(more).containsExactly("v6-dns (daemon)");
        }
    }

    @Test
    void whenAllIsDoneAndNamesAreNotV6sNoneIs() throws Exception {
        Set<String> without;
        try (AgentService service = start(List.of())) {
            service.looks("db");
            service.asks("listen", "any");
            without = threads(service);
        }
        try (AgentService service = start(List.of(), agent, "-Dv6.dns=off")) {
            service.looks("db");
            service.asks("listen", "any");
            service.says("v6: ");
            Set<String> more = threads(service);
            for (int i = 0; i < 500 && more.size() > without.size(); i++) {
                service.jvm().runsFor(Duration.ofMillis(20));
                more = threads(service);
            }
            assertThat(more).isEqualTo(without);
        }
    }

    private static Set<String> threads(AgentService service) throws IOException {
        return new TreeSet<>(Arrays.asList(service.asks("threads", "all").split(", ", -1)));
    }

    @Test
    void switchedOffItLoadsNothingButItsFirstClasses() throws Exception {
        Path log = directory.resolve("loaded");
        try (AgentService service =
                start(List.of(), agent, "-Dv6.check=off", "-Dv6.dns=off", "-Xlog:class+load=info:file=" + log)) {
            service.asks("listen", "any");
            service.looks("db");
            assertThat(service.said()).isEmpty();
        }
        Pattern own = Pattern.compile("\\b(dev\\.v6\\.agent\\.[\\w.$]+)");
        Set<String> loaded = new TreeSet<>();
        for (String line : Files.readAllLines(log)) {
            Matcher matcher = own.matcher(line);
            if (matcher.find()) {
                loaded.add(matcher.group(1));
            }
        }
        assertThat(loaded).contains("dev.v6.agent.Agent").hasSizeLessThanOrEqualTo(12);
        loaded.remove("dev.v6.agent.own.check.CheckMode"); // the word off itself
        assertThat(loaded).noneMatch(name -> name.matches(".*\\.(check|proc|probe|net|netty)\\..*"));
    }

    /** What the agent needs of a JDK is in {@code java.instrument} and {@code java.base}. */
    @Test
    void aPlainJlinkImageIsEnough() throws Exception {
        Path image = directory.resolve("image");
        Process jlink = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jlink").toString(),
                        "--add-modules",
                        "java.base,java.instrument",
                        "--output",
                        image.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("jlink").toFile())
                .start();
        assertThat(jlink.waitFor())
                .as(Files.readString(directory.resolve("jlink")))
                .isZero();
        String java = image.resolve("bin/java").toString();
        try (AgentService service = AgentService.start(network, place, List.of(), java, agent)) {
            assertThat(service.looks("six.test")).isEqualTo(SIX);
            assertThat(service.looks("db")).isEqualTo(DB);
            service.asks("listen", "any");
            nothingBroke(service.says("v6: "));
        }
    }

    /** The agent is on every service's class path: what a service brings itself must not meet it under the same name. */
    @Test
    void trap34NothingInTheJarHasAnybodyElsesName() throws Exception {
        try (JarFile jar = new JarFile(place.resolve("agent.jar").toFile())) {
            List<String> entries = jar.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .toList();
            assertThat(entries)
                    .contains("dev/v6/agent/Agent.class", "dev/v6/agent/own/dns/NioWire.class")
                    .allMatch(name -> name.startsWith("dev/v6/agent/") || name.startsWith("META-INF/"))
                    .noneMatch(name -> name.endsWith(".class") && name.startsWith("META-INF/"))
                    .noneMatch(name -> name.matches("(?i).*/(grpc|netty|spring|micrometer).*"));
            assertThat(entries.stream().filter(name -> name.startsWith("META-INF/services/")))
                    .containsExactly("META-INF/services/java.net.spi.InetAddressResolverProvider");
        }
        assertThat(Files.size(place.resolve("agent.jar"))).isLessThan(4L << 20);
    }
}
