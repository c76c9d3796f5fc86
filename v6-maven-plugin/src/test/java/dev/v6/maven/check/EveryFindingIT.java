// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.maven.check.CheckedContainer.Seen;
import dev.v6.maven.engine.LabEngine;
import dev.v6.maven.engine.RequiresDocker;
import dev.v6.maven.resolve.Upstream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The findings that a Docker Engine has to do with, in containers of each: the network or the option that brings one, and
 * the same container without. That every code has a place that shows it is EveryFindingTest's to prove.
 */
@RequiresDocker
class EveryFindingIT {
    private static final List<String> ENGINES = List.of("20", "26", "28");
    private static final List<Upstream> UPSTREAMS = new ArrayList<>();

    /**
     * A container.
     *
     * @param engine where
     * @param network on what kind of network
     * @param listens what the service listens on
     * @param options more of docker create
     * @param found the codes that must be found, each with a piece of its evidence
     * @param absent the codes that must not
     */
    private record Row(
            String engine,
            String network,
            String listens,
            List<String> options,
            Map<String, String> found,
            List<String> absent) {

        static Row of(String engine, String network, String listens, String... options) {
            return new Row(engine, network, listens, List.of(options), Map.of(), List.of());
        }

        Row finds(Map<String, String> codes) {
            return new Row(engine, network, listens, options, codes, absent);
        }

        Row without(String... codes) {
            return new Row(engine, network, listens, options, found, Arrays.asList(codes));
        }

        @Override
        public String toString() {
            return "engine " + engine + ", " + network + ", " + listens + " " + String.join(" ", options) + ": "
                    + found.keySet() + " but not " + absent;
        }
    }

    @BeforeAll
    static void startServers() throws Exception {
        for (String engine : ENGINES) {
            UPSTREAMS.add(Upstream.of(engine));
        }
    }

    @AfterAll
    static void stopServers() {
        UPSTREAMS.forEach(Upstream::close);
    }

    static Stream<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (String engine : ENGINES) {
            boolean old = engine.equals("20");
            String upstream = Upstream.ipv4(engine);
            String nobody = upstream.replaceAll("2$", "77");
            // Three facts: before 26 a network without IPv6 has no stack either; since, lo has ::1, which proves
            // nothing.
            rows.add(
                    old
                            ? Row.of(engine, "ipv4-only", "dual")
                                    .finds(Map.of("V6-201", "not even ::1"))
                                    .without("V6-202", "V6-203", "V6-410")
                            : Row.of(engine, "ipv4-only", "dual")
                                    .finds(Map.of("V6-202", "::1/128 on lo"))
                                    .without("V6-201", "V6-203", "V6-410"));
            // Engine 20 leaves an internal network its IPv6 gateway, and its filter drops what goes there.
            rows.add(
                    old
                            ? Row.of(engine, "internal", "dual")
                                    .finds(Map.of("V6-304", "2001:db8:9:9::2, named in resolv.conf"))
                                    .without("V6-201", "V6-202")
                            : Row.of(engine, "internal", "dual")
                                    .finds(Map.of("V6-203", "none leads to ::/0"))
                                    .without("V6-201", "V6-202"));
            // The commonest breakage: a service on IPv4, and localhost that is ::1 as well.
            rows.add(
                    old
                            ? Row.of(engine, "ipv4-only", "ipv4").without("V6-402", "V6-410")
                            : Row.of(engine, "ipv4-only", "ipv4")
                                    .finds(Map.of("V6-410", "[::1]:8080 refuses", "V6-402", "tcp 0.0.0.0:8080")));
            rows.add(Row.of(engine, "dual-stack", "ipv4")
                    .finds(Map.of("V6-402", "tcp 0.0.0.0:8080 (process 1, java)", "V6-410", "[::1]:8080 refuses")));
            rows.add(Row.of(engine, "dual-stack", "loopback", "-e", "JAVA_TOOL_OPTIONS=-Djava.net.preferIPv4Stack=true")
                    .finds(Map.of(
                            "V6-101",
                            "in the environment variable JAVA_TOOL_OPTIONS of process 1",
                            "V6-401",
                            "127.0.0.1")));
            rows.addAll(names(engine, old, upstream, nobody));
        }
        return rows.stream();
    }

    private static List<Row> names(String engine, boolean old, String upstream, String nobody) {
        List<Row> rows = new ArrayList<>();
        if (old) { // it says nothing of who is behind its embedded DNS, and leaves the host's IPv6 servers beside it
            rows.add(Row.of(engine, "dual-stack", "dual").without("V6-301", "V6-304", "V6-305"));
            rows.add(Row.of(engine, "dual-stack", "dual", "--dns", upstream)
                    .finds(Map.of("V6-305", "says of no server behind it")));
            rows.add(Row.of(engine, "dual-stack", "dual", "--dns", upstream, "-e", "V6_DNS_SERVERS=" + upstream)
                    .without("V6-304", "V6-305"));
        } else {
            rows.add(Row.of(engine, "bridge", "dual")
                    .finds(Map.of("V6-303", "8.8.8.8"))
                    .without("V6-301"));
            rows.add(Row.of(engine, "bridge", "dual", "--dns", upstream)
                    .without("V6-301", "V6-303", "V6-304", "V6-305"));
            rows.add(Row.of(engine, "dual-stack", "dual", "--dns", nobody).finds(Map.of("V6-304", nobody)));
            rows.add(Row.of(engine, "dual-stack", "dual", "--dns", upstream).without("V6-304", "V6-305"));
        }
        List<String> asked =
                List.of("-e", "V6_DNS_SERVERS=" + upstream, "-e", "V6_CHECK_RESOLVE=dual.lab.test", "--dns");
        List<String> misled = Stream.concat(asked.stream(), Stream.of(nobody)).toList();
        List<String> mended = Stream.concat(asked.stream(), Stream.of(upstream)).toList();
        rows.add(new Row(engine, "dual-stack", "dual", misled, Map.of("V6-302", "dual.lab.test"), List.of()));
        rows.add(new Row(
                engine, "dual-stack", "dual", mended, Map.of("V6-301", "127.0.0.11"), List.of("V6-302", "V6-308")));
        if (old) { // servers over IPv6 are nothing to its embedded DNS, so with these alone it knows no name
            rows.add(new Row(
                    engine,
                    "dual-stack",
                    "dual",
                    asked.subList(0, asked.size() - 1),
                    Map.of("V6-302", "it does not answer", "V6-308", "dual.lab.test"),
                    List.of()));
        }
        return rows;
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void whatTheEngineMakesOfAPlaceIsFound(Row row) throws Exception {
        try (CheckedContainer container =
                new CheckedContainer(LabEngine.named(row.engine()), row.network(), row.listens(), row.options())) {
            Map<String, Seen> findings = container.findings();

            row.found().forEach((code, evidence) -> {
                assertThat(findings).containsKey(code);
                assertThat(findings.get(code).evidence()).contains(evidence);
            });
            assertThat(findings).doesNotContainKeys(row.absent().toArray(String[]::new));
        }
    }

    static Stream<String> engines() {
        return ENGINES.stream();
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest(name = "engine {0}")
    @MethodSource("engines")
    void healthyServiceHasNoFault(String engine) throws Exception {
        try (CheckedContainer container =
                new CheckedContainer(LabEngine.named(engine), "dual-stack", "dual", List.of())) {
            assertThat(container.findings().entrySet())
                    .noneMatch(finding -> !finding.getValue().severity().equals("INFO"));
        }
    }
}
