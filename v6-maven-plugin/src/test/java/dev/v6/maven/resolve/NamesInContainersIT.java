// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.maven.engine.LabEngine;
import dev.v6.maven.engine.RequiresDocker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Names that a service looks up in real containers, where the engine's host has one DNS server, reachable over IPv6 alone:
 * with the plain JDK, and with v6's agent. What could be known is asked of each server by itself, without v6.
 */
@RequiresDocker
class NamesInContainersIT {
    private static final List<String> AGENT = List.of("-javaagent:/v6-agent.jar=dns=auto", "-Dv6.check=off");
    private static final String ALIAS = "queue";
    private static final List<String> NAMES = List.of(
            "six.lab.test",
            "dual.lab.test",
            "four.lab.test",
            "chain.lab.test",
            "big.lab.test",
            "dual",
            "missing.lab.test",
            "%peer",
            ALIAS);
    private static final Queue<String> TABLE = new ConcurrentLinkedQueue<>();
    private static final List<Upstream> UPSTREAMS = new ArrayList<>();

    @BeforeAll
    static void startServers() throws Exception {
        for (String engine : List.of("20", "26", "28")) {
            UPSTREAMS.add(Upstream.of(engine));
        }
    }

    @AfterAll
    static void stopServersAndTell() {
        UPSTREAMS.forEach(Upstream::close);
        System.out.println(
                "| engine | network | JDK | " + String.join(" | ", NAMES).replace("%", "") + " |");
        System.out.println("| --- | --- | --- |" + " --- |".repeat(NAMES.size()));
        TABLE.stream().sorted().forEach(System.out::println);
        System.out.println(
                "Each cell: plain JDK / with v6: 4, 6 for the families found, - for none, ... for no answer in time.");
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest(name = "engine {0}, {1}, JDK {2}")
    @CsvSource({
        "20, bridge, 17", "26, bridge, 17", "28, bridge, 17",
        "20, bridge, 25", "26, bridge, 25", "28, bridge, 25",
        "20, ipv4-only, 17", "26, ipv4-only, 17", "28, ipv4-only, 17",
        "20, ipv4-only, 25", "26, ipv4-only, 25", "28, ipv4-only, 25",
        "20, dual-stack, 17", "26, dual-stack, 17", "28, dual-stack, 17",
        "20, dual-stack, 25", "26, dual-stack, 25", "28, dual-stack, 25",
        "28, ipv6-only, 17", "28, ipv6-only, 25"
    })
    void whateverAServerKnowsIsFound(String engine, String network, String jdk) throws Exception {
        try (Containers containers = new Containers(LabEngine.named(engine), network, ALIAS)) {
            List<String> names = NAMES.stream()
                    .map(name -> name.replace("%peer", containers.peer()))
                    .toList();
            CompletableFuture<Map<String, String>> plain = containers.run(jdk, List.of(), "jdk", names);
            CompletableFuture<Map<String, String>> known = containers.run(jdk, List.of(), "servers", names);
            CompletableFuture<Map<String, String>> v6 = containers.run(jdk, AGENT, "jdk", names);
            tell(engine, network, jdk, plain.get(), v6.get());

            assertThat(found(v6.get())).isEqualTo(found(known.get()));
        }
    }

    /** Where no server can be reached, v6 leaves names to the JDK, and that may take longer than anybody waits. */
    private static Map<String, String> found(Map<String, String> said) {
        Map<String, String> found = new LinkedHashMap<>(said);
        found.replaceAll((name, addresses) -> addresses.equals("late") ? "" : addresses);
        return found;
    }

    private static void tell(
            String engine, String network, String jdk, Map<String, String> plain, Map<String, String> v6) {
        StringBuilder row = new StringBuilder("| " + engine + " | " + network + " | " + jdk + " |");
        Map<String, String> cells = new LinkedHashMap<>(plain);
        cells.replaceAll((name, addresses) -> families(addresses) + " / " + families(v6.get(name)));
        cells.values().forEach(cell -> row.append(' ').append(cell).append(" |"));
        TABLE.add(row.toString());
    }

    private static String families(String addresses) {
        if (addresses.equals("late")) {
            return "...";
        }
        String families = (addresses.contains(".") ? "4" : "") + (addresses.contains(":") ? "6" : "");
        return families.isEmpty() ? "-" : families;
    }
}
