// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.FindingCode;
import dev.v6.Severity;
import dev.v6.check.Scene.Look;
import dev.v6.lab.RequiresNamespaces;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Among ten thousand sockets the one that matters is found. How long that takes the benchmarks tell. */
@RequiresNamespaces
@Timeout(120)
class ManySocketsTest {
    private static final int MANY = 10_000;

    @TempDir
    private Path directory;

    @Test
    void oneIpv4SocketIsFoundAmongAllThatAreOnLoopback() throws Exception {
        try (Scene scene = Scene.dualStack(directory)
                .unnamed()
                .hosts("127.0.0.1 localhost\n")
                .listens("many:20000:" + MANY, "ipv4:40000")) {
            Look look = scene.look();

            assertThat(look.of(FindingCode.IPV4_ONLY)).singleElement().satisfies(seen -> assertThat(seen.evidence())
                    .startsWith("tcp 0.0.0.0:40000"));
            assertThat(look.faults()).containsExactly(FindingCode.IPV4_ONLY);
            assertThat(look.of(FindingCode.LOOPBACK_ONLY))
                    .hasSize(PortViews.MOST - 1)
                    .allMatch(seen -> seen.severity() == Severity.INFO);
            assertThat(look.problems())
                    .containsExactly("Of 10001 TCP ports 64 were looked at, those first that serve one family by the"
                            + " tables. Name the service's own with v6.check.ports, or --port on the command line, to have"
                            + " them all looked at.");
        }
    }

    @Test
    void namedPortsAreAllLookedAt() throws Exception {
        try (Scene scene = Scene.dualStack(directory)) {
            String[] words = new String[201];
            for (int i = 0; i < 200; i++) {
                words[i] = "port:" + (20_000 + i);
            }
            words[200] = "many:20000:200";
            Look look = scene.unnamed().listens(words).look();

            assertThat(look.of(FindingCode.LOOPBACK_ONLY))
                    .hasSize(200)
                    .allMatch(seen -> seen.severity() == Severity.ERROR);
            assertThat(look.problems()).isEmpty();
        }
    }

    @Test
    void serviceWithManyConnectionsIsHealthy() throws Exception {
        try (Scene scene = Scene.dualStack(directory).listens("dual:8080", "clients:8080:3000")) {
            Look look = scene.look();

            assertThat(look.faults()).isEmpty();
            assertThat(look.problems()).isEmpty();
        }
    }

    @Test
    void socketsBesideAreAsManyAndTheirHolderIsNamed() throws Exception {
        try (Scene scene = Scene.dualStack(directory).unnamed().beside().hosts("127.0.0.1 localhost\n")) {
            long pid = scene.another("many:20000:" + MANY, "ipv4:40000").pid();

            assertThat(scene.look().of(FindingCode.IPV4_ONLY)).singleElement().satisfies(seen -> assertThat(
                            seen.evidence())
                    .startsWith("tcp 0.0.0.0:40000 (process " + pid + ", java)"));
        }
    }
}
