// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.check;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A service in a container, on a network of its own, and the agent's jar beside it, which looks at it from there. */
final class CheckedContainer implements AutoCloseable {
    private static final int FOUND = 1;
    private static final int LOOKS = 200;
    private static final Pattern FINDING = Pattern.compile(
            "\\{\"code\":\"(V6-\\d+)\",\"severity\":\"(\\w+)\",\"title\":\"[^\"]*\",\"evidence\":\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final DockerCommand docker;
    private final String id = "v6finding" + Long.toHexString(new Random().nextLong() & 0xffffff);
    private final boolean own;

    /**
     * What was found of one code.
     *
     * @param severity INFO, WARNING or ERROR
     * @param evidence what was seen
     */
    record Seen(String severity, String evidence) {
        Seen with(Seen other) {
            return new Seen(severity, evidence + "; " + other.evidence);
        }
    }

    /**
     * Starts a service and waits until it listens.
     *
     * @param engine where
     * @param network {@code bridge}, {@code ipv4-only}, {@code dual-stack} or {@code internal}, dual-stack without a way out
     * @param listens a word for {@link Listening}
     * @param options more options for docker create
     */
    CheckedContainer(LabEngine engine, String network, String listens, List<String> options) throws IOException {
        this.docker = new DockerCommand(engine);
        this.own = !network.equals("bridge");
        try {
            if (own) {
                List<String> create = new ArrayList<>(List.of("network", "create"));
                create.addAll(options(network));
                create.add(id);
                docker.run(create);
            }
            start(own ? id : network, listens, options);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private static List<String> options(String network) {
        List<String> ipv6 =
                List.of("--ipv6", "--subnet", "2001:db8:b:%x::/64".formatted(new Random().nextInt(0x10000)));
        return switch (network) {
            case "dual-stack" -> ipv6;
            case "internal" ->
                Stream.concat(Stream.of("--internal"), ipv6.stream()).toList();
            default -> List.of();
        };
    }

    private void start(String network, String listens, List<String> options) throws IOException {
        List<String> create = new ArrayList<>(List.of("create", "--name", id, "--network", network));
        create.addAll(options);
        create.addAll(List.of("--entrypoint", "java", "eclipse-temurin:17-jre", "-cp", "/service"));
        create.addAll(List.of(Listening.class.getName(), listens));
        docker.run(create);
        Path folder = Files.createTempDirectory("v6-finding");
        try {
            copy("/META-INF/v6/agent.jar", folder.resolve("agent.jar"));
            copy(
                    "/" + Listening.class.getName().replace('.', '/') + ".class",
                    folder.resolve("service/" + Listening.class.getName().replace('.', '/') + ".class"));
            docker.run(List.of("cp", folder.resolve("agent.jar").toString(), id + ":/v6-agent.jar"));
            docker.run(List.of("cp", folder.resolve("service").toString(), id + ":/"));
        } finally {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path each : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(each);
                }
            }
        }
        docker.run(List.of("start", id));
        for (int i = 0; !docker.run(List.of("logs", id)).contains("up on"); i++) {
            if (i == LOOKS) {
                throw new IOException("The service does not come up.");
            }
        }
    }

    private static void copy(String resource, Path file) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        try (InputStream in = Objects.requireNonNull(CheckedContainer.class.getResourceAsStream(resource))) {
            Files.copy(in, file);
        }
    }

    /** What the command check finds, by code. */
    Map<String, Seen> findings() throws IOException {
        String json = docker.run(
                List.of("exec", id, "java", "-jar", "/v6-agent.jar", "check", "--port", "8080", "--json"), FOUND);
        Map<String, Seen> findings = new LinkedHashMap<>();
        Matcher each = FINDING.matcher(json);
        while (each.find()) {
            Seen seen = new Seen(each.group(2), each.group(3));
            findings.merge(each.group(1), seen, Seen::with);
        }
        return findings;
    }

    @Override
    public void close() throws IOException {
        docker.run(List.of("rm", "-f", id), 1);
        if (own) {
            docker.run(List.of("network", "rm", id), 1);
        }
    }
}
