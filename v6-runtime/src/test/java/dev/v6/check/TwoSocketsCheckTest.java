// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.FindingCode;
import dev.v6.check.Scene.Look;
import dev.v6.lab.RequiresNamespaces;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two sockets on one port are two services only if they are of two processes, or answer otherwise. */
@RequiresNamespaces
@Timeout(60)
class TwoSocketsCheckTest {
    @TempDir
    private Path directory;

    @Test
    void oneProcessThatAnswersAlikeOnBothIsOneService() throws Exception {
        try (Scene scene = Scene.dualStack(directory)
                .listens("at:8080:" + Scene.IPV4, "at:8080:" + Scene.IPV6)
                .hosts("127.0.0.1 localhost\n")) {
            assertThat(scene.look().findings()).isEmpty();
        }
    }

    @Test
    void oneProcessThatAnswersOtherwiseOnOneIsTold() throws Exception {
        try (Scene scene = Scene.dualStack(directory).listens("ipv4:8080", "ipv6:8080")) {
            Look look = scene.look();

            assertThat(look.faults()).containsExactly(FindingCode.TWO_SOCKETS);
            assertThat(look.of(FindingCode.TWO_SOCKETS).get(0).evidence())
                    .endsWith("IPv4 accepted, then not a byte in 150 ms, IPv6 accepted, then closed without a byte");
        }
    }

    /** Localhost is two services then. */
    @Test
    void anotherProcessOnTheOtherLoopbackIsNamed() throws Exception {
        try (Scene scene =
                Scene.dualStack(directory).unnamed().listens("ipv4:8080").hosts("127.0.0.1 localhost\n")) {
            long other = scene.another("at:8080:::1").pid();
            Look look = scene.look();

            assertThat(look.of(FindingCode.TWO_SOCKETS)).singleElement().satisfies(seen -> {
                assertThat(seen.evidence())
                        .startsWith("tcp 0.0.0.0:8080; tcp6 [::1]:8080 (process " + other + ", java); ")
                        .endsWith("; each accepted, then not a byte in 1000 ms");
                assertThat(seen.remedy()).contains("process " + other + ", java, serves IPv6");
            });
        }
    }
}
