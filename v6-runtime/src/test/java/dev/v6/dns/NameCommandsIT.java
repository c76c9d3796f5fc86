// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.ChildJvm;
import dev.v6.lab.RequiresNamespaces;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code java -jar v6-runtime-agent.jar resolve} and {@code resolv-conf}, in a network as a container sees it. */
@RequiresNamespaces
@RequiresNameServers
@Timeout(120)
class NameCommandsIT {
    private static final String JAR = System.getProperty("v6.agentJar");

    @TempDir
    Path directory;

    private ContainerNetwork network;
    private Path file;

    @BeforeEach
    void network() throws Exception {
        network = new ContainerNetwork(directory);
        network.embedded();
        file = directory.resolve("file");
        String text = "# of the engine\nnameserver 127.0.0.11\nsearch lab.test\noptions ndots:0\n"
                + "# ExtServers: [host(" + ContainerNetwork.UPSTREAM + ")]\n";
        Files.writeString(file, text);
        network.container.resolvConf(text);
    }

    @AfterEach
    void end() throws Exception {
        network.close();
    }

    private record Ran(int code, String out, String err) {}

    private Ran run(String... words) throws Exception {
        return run(List.of(), words);
    }

    private Ran run(List<String> prefix, String... words) throws Exception {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(ChildJvm.java(), "-jar", JAR));
        command.addAll(Arrays.asList(words));
        ProcessBuilder builder = ChildJvm.builder();
        Path errors = directory.resolve("stderr");
        Process process = builder.command(network.container.inside(command))
                .redirectError(errors.toFile())
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ran(process.exitValue(), out, Files.readString(errors));
    }

    @Test
    void theWholeWayIsShown() throws Exception {
        Ran ran = run("resolve", "six.test");

        assertThat(ran.code()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out())
                .contains("  " + ContainerNetwork.UPSTREAM + "  (ExtServers)\n  127.0.0.11  (embedded DNS)\n")
                .containsPattern(" ms  v6  six\\.test  asks 2001:db8:90::53 first\n")
                .containsPattern(" ms  2001:db8:90::53  AAAA six\\.test  answers: 2001:db8::66\n")
                .contains("IPv6  2001:db8::66  (2001:db8:90::53)\n")
                .containsPattern("found in \\d+\\.\\d ms\n");
        assertThat(run("resolve", "db").out()).contains("IPv4  198.18.90.9  (127.0.0.11)\n");
    }

    @Test
    void whatIsNotFoundIsToldWithItsSteps() throws Exception {
        Ran ran = run("resolve", "none.test", "--json");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out())
                .contains("\"found\":false,\"why\":\"'none.test' ")
                .contains("\"asked\":\"AAAA none.test\",\"said\":\"knows no such name\"}")
                .contains("\"servers\":[{\"server\":\"2001:db8:90::53\",\"origin\":\"ExtServers\"}");
    }

    @Test
    void wrongUsageEndsInWhatToDo() throws Exception {
        assertThat(run("resolve"))
                .isEqualTo(new Ran(
                        2,
                        "",
                        "v6 resolve: No name was given. Write one, such as resolve"
                                + " db.example.com. See resolve --help.\n"));
        assertThat(run("resolve", "a", "b").code()).isEqualTo(2);
        assertThat(run("resolv-conf", "--write", "--restore").err())
                .startsWith("v6 resolv-conf: --write and --restore exclude each other. Give one of them.");
        Ran bad = run("resolve", "x".repeat(256));
        assertThat(bad.code()).isEqualTo(1);
        assertThat(bad.err()).doesNotContain("\tat ");
    }

    @Test
    void theFileAsItShouldBeIsPrintedAndNothingIsChanged() throws Exception {
        String before = Files.readString(file);
        Ran ran = run("resolv-conf", "--bypass", "--file", file.toString());

        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .startsWith("# Written by v6")
                .contains("\nnameserver " + ContainerNetwork.UPSTREAM
                        + "\n# of the engine\nsearch lab.test\noptions ndots:0\n")
                .doesNotContain("nameserver 127.0.0.11");
        assertThat(file).hasContent(before);
    }

    @Test
    void theFileIsWrittenInPlaceTwiceAndBackAgain() throws Exception {
        byte[] before = Files.readAllBytes(file);
        Object inode = Files.getAttribute(file, "unix:ino");

        assertThat(run("resolv-conf", "--write", "--file", file.toString()).code())
                .isZero();
        assertThat(run("resolv-conf", "--write", "--file", file.toString()).code())
                .isZero();
        assertThat(Files.readString(file)).containsOnlyOnce("# Written by v6").contains("nameserver 2001:db8:90::53\n");
        assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(inode);

        assertThat(run("resolv-conf", "--restore", "--file", file.toString()).code())
                .isZero();
        assertThat(file).hasBinaryContent(before);
        assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(inode);
        Ran again = run("resolv-conf", "--restore", "--file", file.toString());
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).contains("there is no copy in ").endsWith("write it anew.\n");
    }

    @Test
    void whoMayNotWriteIsToldWhatDoesTheSameFromOutside() throws Exception {
        byte[] before = Files.readAllBytes(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Ran ran = run(
                List.of("setpriv", "--reuid", "65534", "--clear-groups"),
                "resolv-conf",
                "--write",
                "--file",
                file.toString());

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err())
                .contains("was not changed: ")
                .contains("  docker run --dns 2001:db8:90::53 ...\n")
                .contains("    dns: [\"2001:db8:90::53\"]\n")
                .doesNotContain("\tat ");
        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void withoutAnUpstreamNothingIsPrinted() throws Exception {
        Files.writeString(file, "nameserver 127.0.0.11\n");
        Ran ran = run("resolv-conf", "--file", file.toString());

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).startsWith("v6 resolv-conf: Neither v6.dns.servers nor resolv.conf tells of a server");
    }
}
