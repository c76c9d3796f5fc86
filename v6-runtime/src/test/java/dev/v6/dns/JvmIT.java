// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.ChildJvm;
import dev.v6.lab.RequiresNamespaces;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A service's JVM in a network as a container sees it, which knows nothing of v6: with the packaged agent, and with v6 on
 * its class path.
 */
@RequiresNamespaces
@RequiresNameServers
@Timeout(120)
class JvmIT {
    private static final String AGENT = "-javaagent:" + System.getProperty("v6.agentJar") + "=dns=auto";
    private static final String QUIET = "-Dv6.check=off";
    private static final boolean PROVIDERS = Runtime.version().feature() >= 18;

    @TempDir
    Path directory;

    private ContainerNetwork network;
    private Path errors;

    @BeforeEach
    void network() throws Exception {
        network = new ContainerNetwork(directory);
        network.embedded();
        network.container.resolvConf(Files.readString(network.conf));
        errors = directory.resolve("stderr");
    }

    @AfterEach
    void end() throws Exception {
        network.close();
    }

    private ChildJvm withAgent(String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of(AGENT, QUIET));
        all.addAll(Arrays.asList(options));
        return start(location(JdkResolvingChild.class), all);
    }

    private ChildJvm onClassPath(String... options) throws IOException {
        return start(System.getProperty("java.class.path"), Arrays.asList(options));
    }

    private ChildJvm start(String classPath, List<String> options) throws IOException {
        List<String> command = new ArrayList<>(List.of(ChildJvm.java()));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, JdkResolvingChild.class.getName()));
        ProcessBuilder builder = ChildJvm.builder();
        return ChildJvm.start(builder.command(network.container.inside(command)).redirectError(errors.toFile()));
    }

    private static String location(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The class path without what matches. */
    private static String without(String part) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.contains(part))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String said(ChildJvm child, String verb, String name) throws IOException {
        child.tell(verb + " " + name);
        return child.line().split(" ", 3)[2];
    }

    private static String look(ChildJvm child, String name) throws IOException {
        return said(child, "look", name);
    }

    @Test
    void withTheAgentEveryNameIsFoundFromTheFirstMomentOn() throws Exception {
        try (ChildJvm child = withAgent()) {
            assertThat(look(child, "six.test")).isEqualTo("six.test/2001:db8:0:0:0:0:0:66");
            assertThat(look(child, "dual.test")).isEqualTo("dual.test/198.18.0.80 dual.test/2001:db8:0:0:0:0:0:80");
            assertThat(look(child, "alias.test")).isEqualTo("alias.test/2001:db8:0:0:0:0:0:66");
            assertThat(look(child, "db")).isEqualTo("db/198.18.90.9 db/2001:db8:90:0:0:0:0:9");
            assertThat(look(child, "web.backend")).isEqualTo("web.backend/2001:db8:90:0:0:0:0:8");
            assertThat(look(child, "none.test")).startsWith("none: ");
            assertThat(look(child, "localhost")).contains("localhost/127.0.0.1");
        }
        assertThat(errors).isEmptyFile();
    }

    /** Trap 22: by v6's own order, not by preferIPv6Addresses, which moves what is bound to the loopback address. */
    @ParameterizedTest
    @ValueSource(strings = {"auto", "off"})
    void withFixAddressesComeInTheOrderOfRfc6724AndLoopbackStays(String dns) throws Exception {
        String agent = AGENT.replace("dns=auto", "dns=" + dns + ",fix=true");
        try (ChildJvm child = start(location(JdkResolvingChild.class), List.of(agent, QUIET))) {
            String found = dns.equals("auto") ? "dual.test/2001:db8:0:0:0:0:0:80 dual.test/198.18.0.80" : "none: ";
            assertThat(look(child, "dual.test")).startsWith(found);
            assertThat(look(child, "db")).isEqualTo("db/2001:db8:90:0:0:0:0:9 db/198.18.90.9");
            assertThat(said(child, "loopback", "")).isEqualTo("localhost/127.0.0.1");
        }
    }

    /** What the user has set stays as it is. */
    @Test
    void fixLeavesAnOrderThatTheUserHasSet() throws Exception {
        String agent = AGENT.replace("dns=auto", "dns=auto,fix=true");
        try (ChildJvm child = start(
                location(JdkResolvingChild.class), List.of(agent, QUIET, "-Djava.net.preferIPv6Addresses=false"))) {
            assertThat(look(child, "dual.test")).isEqualTo("dual.test/198.18.0.80 dual.test/2001:db8:0:0:0:0:0:80");
        }
    }

    /** JDK 17 takes no provider (trap 33); later ones do. */
    @Test
    void trap33AndOnTheClassPathWhereTheJdkTakesProviders() throws Exception {
        try (ChildJvm child = onClassPath()) {
            assertThat(look(child, "db")).isEqualTo("db/198.18.90.9 db/2001:db8:90:0:0:0:0:9");
            if (PROVIDERS) {
                assertThat(look(child, "six.test")).isEqualTo("six.test/2001:db8:0:0:0:0:0:66");
            } else {
                assertThat(look(child, "six.test")).startsWith("none: ");
            }
        }
    }

    @Test
    void theAgentAndTheClassPathTogetherAreAsTheAgentAlone() throws Exception {
        try (ChildJvm child = onClassPath(AGENT, QUIET)) {
            assertThat(look(child, "six.test")).isEqualTo("six.test/2001:db8:0:0:0:0:0:66");
            assertThat(look(child, "db")).isEqualTo("db/198.18.90.9 db/2001:db8:90:0:0:0:0:9");
        }
    }

    /** Trap 34: what the service brings in nested jars must not meet the agent's classes of the same name. */
    @Test
    void trap34OfTheAgentOnlyItsOwnNamesAreSeen() throws Exception {
        try (ChildJvm child = withAgent()) {
            assertThat(look(child, "db")).startsWith("db/");
            assertThat(said(child, "class", "io.netty.channel.Channel")).isEqualTo("not visible");
            assertThat(said(child, "class", "dev.v6.dns.BypassResolver")).isEqualTo("not visible");
            assertThat(said(child, "class", "dev.v6.agent.Agent")).startsWith("by ");
        }
    }

    /** Trap 38; and trap 30, as a JVM without IPv6 sockets cannot ask its IPv6 server. */
    @ParameterizedTest
    @CsvSource({
        "java.net.preferIPv6Addresses=false, dual.test, dual.test/198.18.0.80 dual.test/2001:db8:0:0:0:0:0:80",
        "java.net.preferIPv6Addresses=true,  dual.test, dual.test/2001:db8:0:0:0:0:0:80 dual.test/198.18.0.80",
        // It has no address that IPv4 could be sent from (RFC 6724, rule 1).
        "java.net.preferIPv6Addresses=system, dual.test, dual.test/2001:db8:0:0:0:0:0:80 dual.test/198.18.0.80",
        "java.net.preferIPv6Addresses=system, db,        db/2001:db8:90:0:0:0:0:9 db/198.18.90.9",
        "java.net.preferIPv4Stack=true,      db,        db/198.18.90.9",
    })
    void trap38TheOrderIsTheOneThatTheJvmIsSetTo(String property, String name, String expected) throws Exception {
        network.container.ip("-6", "route", "add", "default", "via", ContainerNetwork.UPSTREAM);
        try (ChildJvm child = withAgent("-D" + property)) {
            assertThat(look(child, name)).isEqualTo(expected);
        }
    }

    /** Trap 37: {@code jdk.net.hosts.file} goes before any resolver; JDK 18 and later ask none at all. */
    @Test
    void trap37AHostsFileOfTheJdksIsAskedAlone() throws Exception {
        Path hosts = Files.writeString(directory.resolve("names"), "198.18.0.9 nine\n");
        try (ChildJvm child = withAgent("-Djdk.net.hosts.file=" + hosts)) {
            assertThat(look(child, "nine")).isEqualTo("nine/198.18.0.9");
            assertThat(look(child, "six.test")).startsWith("none: ");
        }
    }

    @Test
    void anInterruptDoesNotEndALookUpAndIsNotLost() throws Exception {
        try (ChildJvm child = withAgent()) {
            assertThat(said(child, "interrupted", "six.test"))
                    .isEqualTo("six.test/2001:db8:0:0:0:0:0:66 still interrupted");
            assertThat(said(child, "interrupted", "n1.many.test")).endsWith(" still interrupted");
        }
    }

    @Test
    void twoHundredThreadsAtOnceOnOneCarrierGetTheirNames() throws Exception {
        try (ChildJvm child =
                withAgent("-Djdk.virtualThreadScheduler.parallelism=1", "-Djdk.virtualThreadScheduler.maxPoolSize=1")) {
            assertThat(said(child, "many", "many.test")).isEqualTo("200 found");
        }
    }

    @Test
    void switchedOffOrWithoutTheEmbeddedDnsNothingIsTouched() throws Exception {
        try (ChildJvm child = withAgent("-Dv6.dns=off")) {
            assertThat(look(child, "six.test")).startsWith("none: ");
            assertThat(said(child, "property", "v6.dns.hooked")).isEqualTo("null");
        }
        network.container.resolvConf("nameserver 127.0.0.12\nnameserver " + ContainerNetwork.UPSTREAM + "\n");
        try (ChildJvm child = withAgent()) {
            assertThat(look(child, "six.test")).isEqualTo("six.test/2001:db8:0:0:0:0:0:66");
            assertThat(said(child, "property", "v6.dns.hooked")).isEqualTo("null");
        }
    }

    @Test
    void serversThatTheUserNamesCountWithoutTheEmbeddedDns() throws Exception {
        network.container.resolvConf("nameserver 127.0.0.12\n");
        try (ChildJvm child = withAgent("-Dv6.dns.servers=" + ContainerNetwork.UPSTREAM)) {
            assertThat(look(child, "six.test")).isEqualTo("six.test/2001:db8:0:0:0:0:0:66");
        }
    }

    @Test
    void settingsThatDoNotParseAreSaidAndHarmNothing() throws Exception {
        try (ChildJvm child = withAgent("-Dv6.dns=atuo", "-Dv6.dns.servers=nonsense")) {
            assertThat(look(child, "six.test")).isEqualTo("six.test/2001:db8:0:0:0:0:0:66");
        }
        assertThat(errors)
                .content()
                .contains("v6: v6.dns is 'atuo', which is not known, and so taken as auto. Did you mean auto?\n")
                .contains("v6: v6.dns.servers names 'nonsense', which is no address of a server. Write addresses")
                .doesNotContain("\tat ");
    }

    /** Trap 39: there is no jar besides v6's that could be lost when jars are made of jars. */
    @Test
    void trap39WithoutNettyItIsAsWithIt() throws Exception {
        try (ChildJvm child = start(without("netty"), List.of())) {
            assertThat(look(child, "db")).isEqualTo("db/198.18.90.9 db/2001:db8:90:0:0:0:0:9");
            assertThat(look(child, "six.test")).startsWith(PROVIDERS ? "six.test/2001:db8:0:0:0:0:0:66" : "none: ");
        }
        assertThat(Files.readString(errors)).doesNotContain("\tat ");
    }

    @Test
    void anAddressThatWasLookedUpHasTheNameItWasLookedUpBy() throws Exception {
        try (ChildJvm child = withAgent()) {
            assertThat(said(child, "name", "198.18.90.9")).isEqualTo("db");
        }
    }

    /** Which manager java.util.logging has is for the service's first lines to say. */
    @Test
    void theAgentsResolverStartsNoLogging() throws Exception {
        Path log = directory.resolve("initialised.log");
        try (ChildJvm child = withAgent("-Xlog:class+init=info:file=" + log)) {
            assertThat(look(child, "six.test")).isEqualTo("six.test/2001:db8:0:0:0:0:0:66");
        }
        assertThat(Files.readAllLines(log))
                .anyMatch(line -> line.contains("/own/dns/NioWire"))
                .noneMatch(line -> line.contains("java/util/logging"));
    }

    /** Each is a class made at run time, for half a millisecond of the service's start. */
    @Test
    void beforeMainTheAgentsResolverMakesNoLambda() throws Exception {
        Path log = directory.resolve("loaded.log");
        try (ChildJvm child = withAgent("-Dv6.dns=on", "-Xlog:class+load=info:file=" + log)) {
            assertThat(look(child, "six.test")).isEqualTo("six.test/2001:db8:0:0:0:0:0:66");
        }
        List<String> all = Files.readAllLines(log);
        // Whether these come before main or a moment later is for the threads to say.
        assertThat(all)
                .noneMatch(
                        line -> line.matches(".*\\.(JvmNames|BypassResolverBuilder|HostsFile|NioWire)\\$\\$Lambda.*"));
        List<String> beforeMain = all.stream()
                .takeWhile(line -> !line.contains(JdkResolvingChild.class.getName() + " "))
                .toList();
        assertThat(beforeMain)
                .anyMatch(line -> line.contains(".own.dns.JvmNames "))
                .noneMatch(line -> line.contains("dev.v6.") && line.contains("$$Lambda"));
    }

    /** The image's JVM options reach the programs that v6 runs beside the service, too; these need IPv6. */
    @Test
    void theAgentsOwnProgramIsLeftAlone() throws Exception {
        String jar = System.getProperty("v6.agentJar");
        List<String> command = network.container.inside(
                List.of(ChildJvm.java(), AGENT, "-Djava.net.preferIPv4Stack=true", "-jar", jar, "probe", "::1", "9"));
        Process probe = ChildJvm.builder().command(command).start();

        assertThat(new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith("refused ");
    }

    /** JDK 17 without the agent, and a JVM whose resolver is somebody else's, are told so. */
    @Test
    void trap33WhoeverCallsTheResolverIsToldIfTheJvmDoesNot() throws Exception {
        try (ChildJvm child = onClassPath()) {
            assertThat(said(child, "findings", "x"))
                    .isEqualTo(
                            PROVIDERS
                                    ? ""
                                    : "V6-307 JDK 17 takes no resolver from the"
                                            + " class path, and v6's agent is not there.");
        }
        try (ChildJvm child = onClassPath("-Djdk.net.hosts.file=/etc/hosts")) {
            assertThat(said(child, "findings", "x"))
                    .isEqualTo("V6-307 -Djdk.net.hosts.file gives this JVM's names, and no resolver is asked.");
        }
        try (ChildJvm child = onClassPath(AGENT, QUIET)) {
            assertThat(said(child, "findings", "x")).isEmpty();
        }
    }
}
