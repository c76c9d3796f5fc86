// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.FindingCode;
import dev.v6.check.CheckResult.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreferIpv4StackCheckTest {
    private static final String FLAG = "-Djava.net.preferIPv4Stack=true";

    @TempDir
    Path directory;

    private Place place;

    @BeforeEach
    void plant() throws IOException {
        place = Place.withIpv6(directory);
    }

    @Test
    void flagOnTheCommandLineOfAnotherJvm() throws IOException {
        place.process(42, List.of("/opt/java/bin/java", "-cp", "/app", FLAG, "com.example.Shop", "--secret"), "A=b");

        assertFound("-Djava.net.preferIPv4Stack=true on the command line of process 42 (com.example.Shop)");
    }

    @Test
    void flagInTheEnvironmentOfAnotherJvm() throws IOException {
        place.process(42, List.of("java", "-jar", "app.jar"), "PATH=/bin", "JAVA_TOOL_OPTIONS=-Xmx1g " + FLAG);

        assertFound("-Djava.net.preferIPv4Stack=true in the environment variable JAVA_TOOL_OPTIONS of process 42"
                + " (app.jar)");
    }

    @Test
    void flagInAnArgumentFile() throws IOException {
        place.process(42, List.of("java", "@flags", "@/opt/app/class-path", "Main"), "A=b");
        place.tree
                .write("42/cwd/flags", "# flags\n-Dname=\"a b\" '" + FLAG + "'\n")
                .write("42/root/opt/app/class-path", "-cp \"/app/a.jar:\\\n    /app/b.jar\"");

        assertFound("-Djava.net.preferIPv4Stack=true in the argument file @flags of process 42 (Main)");
    }

    @Test
    void argumentFileThatCannotBeReadIsPassedOver() throws IOException {
        place.process(42, List.of("java", "@flags", FLAG, "Main"), "A=b");

        assertFound("-Djava.net.preferIPv4Stack=true on the command line of process 42 (Main)");
    }

    @Test
    void whatComesAfterTheProgramIsTheProgramsOwn() throws IOException {
        place.process(42, List.of("java", "-jar", "app.jar", FLAG), "A=b")
                .process(43, List.of("java", "-cp", FLAG, "Main", FLAG), "A=b")
                .process(44, List.of("java", "-p", "mods", "-m", "a/b", FLAG), "A=b");

        assertThat(result().status()).isEqualTo(Status.PASS);
        assertThat(result().reason()).isEqualTo("Not set for 3 JVM(s) beside this one.");
    }

    @Test
    void whatTheJvmReadsLastCounts() throws IOException {
        place.process(42, List.of("java", "-Djava.net.preferIPv4Stack=false", "Main"), "JAVA_TOOL_OPTIONS=" + FLAG);
        assertThat(result().status()).isEqualTo(Status.PASS);

        place.process(43, List.of("java", FLAG, "-Djava.net.preferIPv4Stack", "Main"), "A=b");
        assertThat(result().status()).isEqualTo(Status.PASS);

        place.process(44, List.of("java", "-Djava.net.preferIPv4Stack=false", "Main"), "_JAVA_OPTIONS=" + FLAG);
        assertFound("-Djava.net.preferIPv4Stack=true in the environment variable _JAVA_OPTIONS of process 44 (Main)");
    }

    @Test
    void otherProgramsAreNoJvms() throws IOException {
        place.process(42, List.of("vi", "java", FLAG), "A=b")
                .process(43, List.of("javac", FLAG), "A=b")
                .process(Place.SELF, List.of("java", FLAG, "-jar", "agent.jar"), "A=b");
        place.tree.write("44/cmdline", ""); // a kernel thread

        assertThat(result().status()).isEqualTo(Status.SKIPPED);
        assertThat(result().reason()).isEqualTo("No JVM of the service is to be seen from here.");
    }

    @Test
    void environmentOfThisPlaceStandsInForOneThatMayNotBeRead() throws IOException {
        place.environment.put("JDK_JAVA_OPTIONS", FLAG);
        place.process(42, List.of("java", "Main"));
        assertFound(
                "-Djava.net.preferIPv4Stack=true in the environment variable JDK_JAVA_OPTIONS of process 42 (Main)");

        place.process(42, List.of("java", "Main"), "A=b");
        assertThat(result().status()).isEqualTo(Status.PASS);
    }

    @Test
    void environmentIsLookedAtWhereNoJvmShows() {
        place.environment.put("JAVA_TOOL_OPTIONS", "\"" + FLAG + "\"");

        assertFound("-Djava.net.preferIPv4Stack=true in the environment variable JAVA_TOOL_OPTIONS, which every JVM"
                + " started here obeys");
    }

    @Test
    void onlyTheJvmThatHoldsTheNamedPortIsTheService() throws IOException {
        place.tree.listens("tcp6", "::1", 8080); // inode 9001
        place.process(42, List.of("java", FLAG, "Other"), "A=b").process(43, List.of("java", "Service"), "A=b");
        Files.createDirectories(place.tree.root().resolve("42/fd"));
        Files.createSymbolicLink(
                Files.createDirectories(place.tree.root().resolve("43/fd")).resolve("5"), Path.of("socket:[9001]"));
        place.ports(8080);

        assertThat(result().reason()).isEqualTo("Not set for 1 JVM(s) beside this one.");
    }

    @Test
    void jvmOfAnotherNetworkNamespaceIsNoneOfOurs() throws IOException {
        place.process(42, List.of("java", FLAG, "Other"), "A=b");
        link("self", "net:[1]");
        link("42", "net:[2]");
        assertThat(result().status()).isEqualTo(Status.SKIPPED);

        place.process(43, List.of("java", FLAG, "Ours"), "A=b");
        link("43", "net:[1]");
        assertThat(result().reason()).contains("process 43 (Ours)");
        assertThat(result().findings()).hasSize(1);
    }

    @Test
    void ownJvmIsJudgedByItsProperty() throws IOException {
        place.insideService().process(42, List.of("java", FLAG, "Other"), "A=b");
        assertThat(result().status()).isEqualTo(Status.PASS);

        place.properties.setProperty("java.net.preferIPv4Stack", "True");
        assertFound(
                "This JVM runs with java.net.preferIPv4Stack=True, set by code or in a way that does not show here");

        place.process(Place.SELF, List.of("java", FLAG, "Main"), "A=b");
        assertFound("This JVM runs with java.net.preferIPv4Stack=True, set on the command line");
    }

    private void link(String process, String namespace) throws IOException {
        Path ns = Files.createDirectories(place.tree.root().resolve(process).resolve("ns"));
        Files.createSymbolicLink(ns.resolve("net"), Path.of(namespace));
    }

    private CheckResult result() {
        return place.result(FindingCode.PREFER_IPV4_STACK);
    }

    private void assertFound(String evidence) {
        assertThat(result().status()).isEqualTo(Status.FAIL);
        assertThat(result().findings()).singleElement().satisfies(finding -> assertThat(finding.evidence())
                .isEqualTo(evidence));
    }
}
