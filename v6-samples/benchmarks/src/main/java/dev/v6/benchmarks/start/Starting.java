// SPDX-License-Identifier: Apache-2.0
package dev.v6.benchmarks.start;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How long services take to start and how much memory they have then: without v6, with it on the class path, with its agent,
 * and with OpenTelemetry's agent for scale; in turns, on each JDK, with times since the start of the process.
 *
 * <p>System properties: {@code only} those variants whose names contain this; {@code runs} of each, 15 if not set; {@code memoryRuns} of these that wait for what follows the
 * start, 5; {@code before}, words before each command, such as {@code chrt -f 1} (root), which keeps the machine's other
 * work out of what is measured.
 */
public final class Starting {
    private static final int RUNS = Integer.getInteger("runs", 15);
    private static final int MEMORY_RUNS = Integer.getInteger("memoryRuns", 5);
    private static final String ONLY = System.getProperty("only", "");
    private static final String WITHOUT = "without v6";
    private static final Path JDKS = Path.of("/usr/lib/jvm");

    private final List<Variant> variants;

    private Starting(List<Variant> variants) {
        this.variants = variants;
    }

    /**
     * Measures and prints Markdown.
     *
     * @param args hello's classes, or - without it; the jar of v6's agent, the jar of OpenTelemetry's agent; and, for
     *     another service besides, its main class and its class path
     * @throws IOException if something is not there
     * @throws InterruptedException if interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path agent = Path.of(args[1]);
        List<Variant> variants = new ArrayList<>(variants(agent, Path.of(args[2])));
        variants.removeIf(
                variant -> !variant.name().equals(WITHOUT) && !variant.name().contains(ONLY));
        List<Service> services = new ArrayList<>();
        if (!args[0].equals("-")) {
            services.add(Service.hello(Path.of(args[0])));
        }
        if (args.length > 4) {
            services.add(Service.of(args[3], args[4]));
        }
        System.out.printf(
                Locale.ROOT, "The agent's jar: %.2f MiB. %d runs each.%n", Files.size(agent) / 1048576.0, RUNS);
        for (Service service : services) {
            for (Path jdk : jdks()) {
                new Starting(variants).measure(jdk, service);
            }
        }
    }

    private static List<Variant> variants(Path agent, Path openTelemetry) throws IOException {
        String v6 = "-agentlib:instrument=" + BootJar.of(agent, "dev.v6.agent.Entry");
        Path empty = EmptyAgent.jar();
        return List.of(
                new Variant(WITHOUT, List.of(), List.of()),
                new Variant("v6-runtime on the class path", List.of(), runtime()),
                new Variant("the same, v6.dns=on", List.of("-Dv6.dns=on"), runtime()),
                new Variant("v6's agent, as v6:build bakes it", List.of(v6), List.of()),
                new Variant("the same, v6.dns=on", List.of(v6, "-Dv6.dns=on"), List.of()),
                new Variant("-agentlib, one that does nothing", List.of("-agentlib:instrument=" + empty), List.of()),
                new Variant("-agentlib, v6's agent", List.of("-agentlib:instrument=" + agent), List.of()),
                new Variant("-javaagent, one that does nothing", List.of("-javaagent:" + empty), List.of()),
                new Variant("-javaagent, v6's agent", List.of("-javaagent:" + agent), List.of()),
                new Variant("the same, v6.dns=on", List.of("-javaagent:" + agent, "-Dv6.dns=on"), List.of()),
                new Variant(
                        "OpenTelemetry's agent",
                        List.of(
                                "-javaagent:" + openTelemetry,
                                "-Dotel.traces.exporter=none",
                                "-Dotel.metrics.exporter=none",
                                "-Dotel.logs.exporter=none"),
                        List.of()));
    }

    /** What the dependency brings, from this program's own class path. */
    private static List<Path> runtime() {
        List<Path> libraries = new ArrayList<>();
        for (String part : System.getProperty("java.class.path").split(":", -1)) {
            String name = Path.of(part).getFileName().toString();
            if (name.startsWith("v6-runtime")) {
                libraries.add(Path.of(part));
            }
        }
        return libraries;
    }

    /** The first 17 and the first 25 that are installed. */
    private static List<Path> jdks() throws IOException {
        List<Path> found = new ArrayList<>();
        for (String version : List.of("17", "25")) {
            try (DirectoryStream<Path> matching = Files.newDirectoryStream(JDKS, "*" + version + "*")) {
                for (Path jdk : matching) {
                    if (Files.isExecutable(jdk.resolve("bin/java"))) {
                        found.add(jdk);
                        break;
                    }
                }
            }
        }
        return found;
    }

    private void measure(Path jdk, Service service) throws IOException, InterruptedException {
        Map<Variant, List<Sample>> all = new LinkedHashMap<>();
        for (Variant variant : variants) {
            Sample.of(jdk, service, variant, freePort(), false); // what is read from disk is read
            all.put(variant, new ArrayList<>()); // in their order
        }
        for (int run = 0; run < RUNS; run++) {
            List<Variant> turns = new ArrayList<>(variants);
            Collections.rotate(turns, run);
            for (Variant variant : turns) {
                all.computeIfAbsent(variant, v -> new ArrayList<>())
                        .add(Sample.of(jdk, service, variant, freePort(), run < MEMORY_RUNS));
            }
        }
        print(jdk, service, all);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void print(Path jdk, Service service, Map<Variant, List<Sample>> all) {
        System.out.printf(
                "%n`%s` on %s:%n%n| | main begins, ms | more | first request, ms | more | processor by then, ms | more"
                        + " | MiB then | more | MiB 4 s later | more |%n"
                        + "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |%n",
                service.main(), jdk.getFileName());
        List<Sample> without = all.values().iterator().next();
        all.forEach((variant, samples) -> System.out.println("| " + variant.name() + " | "
                + cells(samples, without, Sample::main, false) + " | "
                + cells(samples, without, Sample::first, true) + " | "
                + cells(samples, without, Sample::cpu, false) + " | "
                + cells(samples, without, Sample::then, false) + " | "
                + cells(samples, without, Sample::later, false) + " |"));
    }

    private static String cells(
            List<Sample> samples, List<Sample> without, ToDoubleFunction<Sample> column, boolean percent) {
        double[] own = values(samples, column);
        if (own.length == 0) {
            return "not measured | ";
        }
        double[] bare = values(without, column);
        double[] differences = new double[own.length];
        for (int i = 0; i < own.length; i++) {
            differences[i] = own[i] - bare[i]; // of one round, so that what the machine does meanwhile is in both
        }
        Arrays.sort(own);
        Arrays.sort(bare);
        Arrays.sort(differences);
        double more = median(differences);
        String difference = samples == without
                ? ""
                : String.format(Locale.ROOT, "%+.1f", more)
                        + (percent ? String.format(Locale.ROOT, " (%+.0f%%)", 100 * more / median(bare)) : "");
        return String.format(Locale.ROOT, "%.1f (%.1f to %.1f)", median(own), own[0], own[own.length - 1]) + " | "
                + difference;
    }

    private static double[] values(List<Sample> samples, ToDoubleFunction<Sample> column) {
        return samples.stream().mapToDouble(column).filter(value -> value > 0).toArray();
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
