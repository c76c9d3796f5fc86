// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.Family;
import dev.v6.Outcome;
import dev.v6.Protocol;
import dev.v6.maven.engine.DockerEngine;
import dev.v6.maven.engine.LabEngine;
import dev.v6.maven.engine.Port;
import dev.v6.maven.engine.RequiresDocker;
import dev.v6.maven.engine.Service;
import dev.v6.maven.engine.Vantage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a probe meets in front of real containers: busybox httpd on each kind of network, listening on each kind of
 * address. The expected cells were measured with curl, without v6.
 */
@RequiresDocker
class PublishedPortIT {
    private static final Limits LIMITS = new Limits(Duration.ofSeconds(4), Duration.ofSeconds(4));

    /** Cells in the order inside, neighbour, host-address, host-loopback; each IPv4 IPv6; * is proxied, - no address. */
    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest(name = "engine {0}, {1}, listens on {2}")
    @CsvSource(delimiter = '|', textBlock = """
            20  | dual-stack | [::]      | ok ok  ok ok  ok ok  ok ok                                     | READY     |
            20  | dual-stack | 0.0.0.0   | ok refused  ok refused  ok refused  ok closed-early            | NOT READY | V6-402 V6-503
            20  | dual-stack | 127.0.0.1 | ok refused  refused refused  refused refused  closed-early closed-early | NOT READY | V6-401 V6-503
            20  | dual-stack | nothing   | refused refused  refused refused  refused refused  closed-early closed-early | NOT READY | V6-404 V6-503
            20  | ipv4-only  | [::]      | ok -  ok -  ok ok*  ok ok*                                     | NOT READY | V6-202 V6-501
            20  | ipv4-only  | 0.0.0.0   | ok -  ok -  ok ok*  ok ok*                                     | NOT READY | V6-202 V6-501
            20  | ipv4-only  | 127.0.0.1 | ok -  refused -  refused closed-early  closed-early closed-early | NOT READY | V6-202 V6-401 V6-503
            20n | dual-stack | [::]      | ok ok  ok ok  ok ok  ok timeout                                | READY     | V6-605
            20n | dual-stack | 0.0.0.0   | ok refused  ok refused  ok refused  ok timeout                 | NOT READY | V6-402
            20n | ipv4-only  | [::]      | ok -  ok -  ok refused  ok refused                             | NOT READY | V6-202 V6-502
            26  | dual-stack | [::]      | ok ok  ok ok  ok ok  ok ok                                     | READY     |
            26  | dual-stack | 0.0.0.0   | ok refused  ok refused  ok refused  ok closed-early            | NOT READY | V6-402 V6-503
            28  | dual-stack | [::]      | ok ok  ok ok  ok ok  ok ok                                     | READY     |
            28  | dual-stack | 0.0.0.0   | ok refused  ok refused  ok refused  ok closed-early            | NOT READY | V6-402 V6-503
            28  | dual-stack | 127.0.0.1 | ok refused  refused refused  refused refused  closed-early closed-early | NOT READY | V6-401 V6-503
            28  | dual-stack | nothing   | refused refused  refused refused  refused refused  closed-early closed-early | NOT READY | V6-404 V6-503
            28  | ipv4-only  | [::]      | ok ok  ok -  ok ok*  ok ok*                                    | NOT READY | V6-202 V6-501
            28  | ipv4-only  | 0.0.0.0   | ok refused  ok -  ok ok*  ok ok*                               | NOT READY | V6-202 V6-402 V6-501
            28  | ipv4-only  | 127.0.0.1 | ok refused  refused -  refused closed-early  closed-early closed-early | NOT READY | V6-202 V6-401 V6-503
            28  | ipv6-only  | [::]      | ok ok  - ok  refused ok  refused ok                            | READY     |
            28  | ipv6-only  | 0.0.0.0   | ok refused  - refused  refused refused  refused closed-early   | NOT READY | V6-402 V6-503
            """)
    void cellsVerdictAndFindingsAreAsMeasured(
            String engineName, String network, String listens, String cells, String verdict, String codes)
            throws Exception {
        try (DockerEngine engine = LabEngine.named(engineName).open()) {
            Result result = Verification.run(engine, busybox(network, listens), LIMITS, sentence -> {});

            assertThat(text(result.cells())).isEqualTo(cells.trim().replaceAll(" +", " "));
            assertThat(result.verdict()).hasToString(verdict);
            assertThat(result.findings().stream()
                            .map(f -> f.code().id())
                            .distinct()
                            .sorted())
                    .containsExactlyElementsOf(codes == null ? List.of() : List.of(codes.split(" ")));
            assertThat(result.cells())
                    .filteredOn(cell -> cell.required() && !cell.proven())
                    .allSatisfy(cell -> assertThat(cell.finding()).isNotNull());
        }
    }

    private static Service busybox(String network, String listens) {
        List<String> command = listens.equals("nothing")
                ? List.of("sleep", "600")
                : List.of("httpd", "-f", "-p", listens + ":8080", "-h", "/www");
        return new Service(
                "v6-lab/busybox:1",
                command,
                Map.of(),
                List.of(new Port(8080, Protocol.TCP)),
                network,
                "eclipse-temurin:17-jre",
                null);
    }

    private static String text(List<Cell> cells) {
        List<String> words = new ArrayList<>();
        for (Vantage vantage : Vantage.values()) {
            for (Family family : Family.values()) {
                assertThat(cells)
                        .filteredOn(c -> c.aim().vantage() == vantage && c.aim().family() == family)
                        .singleElement()
                        .satisfies(c -> words.add(word(c)));
            }
        }
        return String.join(" ", words);
    }

    private static String word(Cell cell) {
        return cell.outcome() == Outcome.NO_ADDRESS
                ? "-"
                : cell.outcome().word() + (cell.passage() == Passage.PROXIED ? "*" : "");
    }
}
