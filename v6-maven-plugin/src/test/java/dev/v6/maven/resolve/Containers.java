// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.resolve;

import dev.v6.maven.engine.DockerCommand;
import dev.v6.maven.engine.LabEngine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/** A network of an engine with a neighbour on it, and containers that run a JVM there. */
final class Containers implements AutoCloseable {
    private static final String PROGRAM = InContainer.class.getName();

    private final DockerCommand docker;
    private final String network;
    private final boolean own;
    private final String id = "v6names" + Long.toHexString(new Random().nextLong() & 0xffffff);

    Containers(LabEngine engine, String kind, String alias) throws IOException {
        this.docker = new DockerCommand(engine);
        this.own = !kind.equals("bridge");
        this.network = own ? id : kind;
        if (own) {
            docker(Stream.concat(Stream.of("network", "create"), options(kind)).toList(), id);
        }
        List<String> run = new ArrayList<>(List.of("run", "--rm", "-d", "--name", peer(), "--network", network));
        if (own) {
            run.addAll(List.of("--network-alias", alias));
        }
        docker(run, "v6-lab/busybox:1", "sleep", "600");
    }

    private Stream<String> options(String kind) {
        int unique = new Random().nextInt(0x10000);
        Stream<String> ipv6 = Stream.of("--ipv6", "--subnet", "2001:db8:a:%x::/64".formatted(unique));
        return switch (kind) {
            case "dual-stack" -> ipv6;
            case "ipv6-only" -> Stream.concat(ipv6, Stream.of("--ipv4=false"));
            default -> Stream.of();
        };
    }

    /** The neighbour's name. */
    String peer() {
        return id + "-peer";
    }

    /** Runs the program, and gives what it found by name. */
    CompletableFuture<Map<String, String>> run(String jdk, List<String> flags, String what, List<String> names) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return result(jdk, flags, what, names);
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        });
    }

    private Map<String, String> result(String jdk, List<String> flags, String what, List<String> names)
            throws IOException {
        List<String> create = new ArrayList<>(
                List.of("create", "--network", network, "--dns-search", "lab.test", "--entrypoint", "java"));
        create.add("eclipse-temurin:" + jdk + "-jre");
        create.addAll(flags);
        create.addAll(List.of("-cp", "/names", PROGRAM, what));
        create.addAll(names);
        String container = docker(create);
        try {
            copy("/META-INF/v6/agent.jar", container + ":/v6-agent.jar", false);
            copy("/" + PROGRAM.replace('.', '/') + ".class", container + ":/", true);
            Map<String, String> found = new LinkedHashMap<>();
            for (String line : docker(List.of("start", "-a", container)).split("\n", -1)) {
                int equals = line.indexOf('=');
                found.put(line.substring(0, Math.max(0, equals)), line.substring(equals + 1));
            }
            return found;
        } finally {
            docker(List.of("rm", "-f", container));
        }
    }

    private void copy(String resource, String where, boolean underPackage) throws IOException {
        Path folder = Files.createTempDirectory("v6-names");
        Path file = folder.resolve(underPackage ? "names" + resource : "agent.jar");
        Files.createDirectories(file.getParent());
        try (InputStream in = Objects.requireNonNull(Containers.class.getResourceAsStream(resource))) {
            Files.copy(in, file);
        }
        docker(List.of("cp", (underPackage ? folder.resolve("names") : file).toString(), where));
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(each);
            }
        }
    }

    private String docker(List<String> words, String... more) throws IOException {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return docker.run(all);
    }

    @Override
    public void close() throws IOException {
        docker(List.of("rm", "-f", peer()));
        if (own) {
            docker(List.of("network", "rm", network));
        }
    }
}
