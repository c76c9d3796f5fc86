// SPDX-License-Identifier: Apache-2.0
package dev.v6.benchmarks.resolve;

import dev.v6.benchmarks.Children;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Looks names up inside a container of a user-defined dual-stack network, by each peer in turns. dnsmasq answers as the
 * upstream in a namespace beside the engine's. It takes root, docker, iproute2, dnsmasq and the lab of this project.
 */
public final class Resolving {
    private static final String NAME = "v6-bench-resolve";
    private static final int ROUNDS = 3;
    private static final List<Integer> THREADS = List.of(1, 64, 512);
    private static final int FIRSTS = 11;

    /** Seconds, after which compiled code runs and little more is compiled. */
    private static final int WARM_UP = 5;

    /** Seconds. */
    private static final int MEASURED = 4;

    private final String namespace;
    private final String upstream;
    private final String agent;
    private int runs;

    private Resolving(String namespace, String upstream, String agent) {
        this.namespace = namespace;
        this.upstream = upstream;
        this.agent = agent;
    }

    /**
     * Measures and prints Markdown.
     *
     * @param args the namespace of the upstream and its address there, as {@code .ci/lab env 28} has them, and the jar of
     *     v6's agent
     * @throws IOException if something is not there
     * @throws InterruptedException if interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        new Resolving(args[0], args[1], args[2]).measure();
    }

    private void measure() throws IOException, InterruptedException {
        Process server = new ProcessBuilder(
                        "ip",
                        "netns",
                        "exec",
                        namespace,
                        "dnsmasq",
                        "--keep-in-foreground",
                        "--conf-file=/dev/null",
                        "--no-resolv",
                        "--no-hosts",
                        "--user=root",
                        "--pid-file=",
                        "--bind-interfaces",
                        "--listen-address=" + upstream,
                        "--address=/bench.test/198.18.0.80",
                        "--address=/bench.test/2001:db8::80",
                        "--dns-forward-max=10000",
                        "--local-ttl=60")
                .inheritIO()
                .start();
        try {
            makeContainer();
            for (int threads : THREADS) {
                load(threads, WARM_UP);
            }
            load(64, 0);
            cached();
            first();
        } finally {
            server.destroyForcibly();
            new ProcessBuilder("docker", "rm", "-f", NAME).start().waitFor();
            new ProcessBuilder("docker", "network", "rm", NAME).start().waitFor();
        }
    }

    private void makeContainer() throws IOException, InterruptedException {
        Children.run("docker", "network", "create", "--ipv6", NAME);
        Children.run(
                "docker",
                "run",
                "-d",
                "--name",
                NAME,
                "--network",
                NAME,
                "--dns",
                upstream,
                "--entrypoint",
                "sleep",
                "eclipse-temurin:17-jre",
                "infinity");
        Children.run("docker", "cp", "-q", agent, NAME + ":/tmp/agent.jar");
        for (String part : System.getProperty("java.class.path").split(":", -1)) {
            Path path = Path.of(part).toAbsolutePath().normalize();
            Children.run("docker", "cp", "-q", path.toString(), NAME + ":/" + path.getFileName());
        }
    }

    private void load(int threads, int warmUp) throws IOException {
        Map<Peer, List<double[]>> all = new EnumMap<>(Peer.class);
        for (int round = 0; round < ROUNDS; round++) {
            for (Peer peer : turns(round)) {
                all.computeIfAbsent(peer, p -> new ArrayList<>())
                        .add(numbers(inside(peer, Integer.toString(threads), warmUp)));
            }
        }
        System.out.printf(
                "%n%d threads, %s:%n%n| | look-ups/s | runs | p50 | p99 | longest | errors |%n"
                        + "| --- | --- | --- | --- | --- | --- | --- |%n",
                threads, warmUp == 0 ? "in the first seconds of a JVM" : warmUp + " s after the start");
        double own = median(all, Peer.V6, 0);
        all.forEach((peer, measured) -> {
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %,.0f (%.2f) | %s | %.2f ms | %.1f ms | %.1f ms | %.0f |%n",
                    peer.title(),
                    median(all, peer, 0),
                    own / median(all, peer, 0),
                    runs(measured, 0),
                    median(all, peer, 1),
                    median(all, peer, 2),
                    column(measured, 3)[ROUNDS - 1],
                    Arrays.stream(column(measured, 4)).sum());
        });
    }

    private void cached() throws IOException {
        System.out.printf("%n| one name, kept | look-ups/s, 1 thread |%n| --- | --- |%n");
        for (Peer peer : Peer.values()) {
            System.out.printf(Locale.ROOT, "| %s | %,.0f |%n", peer.title(), numbers(inside(peer, "cached", 0))[0]);
        }
    }

    private void first() throws IOException {
        Map<Peer, List<double[]>> all = new EnumMap<>(Peer.class);
        for (int i = 0; i < FIRSTS; i++) {
            for (Peer peer : List.of(Peer.V6, Peer.JDK)) {
                all.computeIfAbsent(peer, p -> new ArrayList<>()).add(numbers(inside(peer, "first", 0)));
            }
        }
        System.out.printf("%n| the first name after the start of a JVM | median | runs | age of the JVM then |%n"
                + "| --- | --- | --- | --- |%n");
        all.forEach((peer, runs) -> System.out.printf(
                Locale.ROOT,
                "| %s | %.1f ms | %s | %.0f ms |%n",
                peer == Peer.V6 ? "the JDK with v6's agent" : peer.title(),
                median(all, peer, 0),
                runs(runs, 0),
                median(all, peer, 1)));
    }

    private static List<Peer> turns(int round) {
        List<Peer> peers = new ArrayList<>(List.of(Peer.values()));
        Collections.rotate(peers, round);
        return peers;
    }

    private String inside(Peer peer, String what, int warmUp) throws IOException {
        List<String> command = new ArrayList<>(List.of("docker", "exec", NAME, "java"));
        if (what.equals("first") && peer == Peer.V6) {
            command.addAll(List.of("-javaagent:/tmp/agent.jar", "-Dv6.check=off"));
        }
        command.addAll(List.of("-cp", "/classes:/*", Load.class.getName(), peer.name(), what));
        command.addAll(List.of(Integer.toString(warmUp), Integer.toString(MEASURED), upstream, "r" + runs++));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return Children.line(process);
    }

    private static double[] numbers(String line) {
        return Arrays.stream(line.split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static double[] column(List<double[]> runs, int column) {
        double[] all = runs.stream().mapToDouble(run -> run[column]).toArray();
        Arrays.sort(all);
        return all;
    }

    private static double median(Map<Peer, List<double[]>> all, Peer peer, int column) {
        double[] sorted = column(all.getOrDefault(peer, List.of()), column);
        return sorted[sorted.length / 2];
    }

    private static String runs(List<double[]> runs, int column) {
        List<String> all = new ArrayList<>();
        for (double[] run : runs) {
            all.add(String.format(Locale.ROOT, run[column] < 100 ? "%.1f" : "%,.0f", run[column]));
        }
        return String.join(" · ", all);
    }
}
