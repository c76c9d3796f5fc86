// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The health check that {@code check --snippet docker} prints, given to real engines at run time. */
@RequiresDocker
@Timeout(300)
class HealthCheckIT {
    private static final Pattern HEALTH_COMMAND = Pattern.compile("--health-cmd '([^']+)'");

    private final String id = "v6health" + Long.toHexString(new Random().nextLong() & 0xffffff);
    private String host = "";

    @TempDir
    Path directory;

    @AfterEach
    void remove() throws Exception {
        if (!host.isEmpty()) {
            docker("rm", "-f", id);
            docker("network", "rm", id);
        }
    }

    @ParameterizedTest(name = "engine {0}, the service on {1}")
    @CsvSource({
        "20, any, healthy",
        "26, any, healthy",
        "28, any, healthy",
        "20, 127.0.0.1, unhealthy",
        "26, 127.0.0.1, unhealthy",
        "28, 127.0.0.1, unhealthy"
    })
    void aContainerIsAsHealthyAsItsServiceCanBeReached(String engine, String address, String health) throws Exception {
        host = LabEngine.named(engine).host();
        Matcher command = HEALTH_COMMAND.matcher(snippet("docker"));
        assertThat(command.find()).isTrue();
        docker(
                "network",
                "create",
                "--ipv6",
                "--subnet",
                "2001:db8:b:%x::/64".formatted(new Random().nextInt(0x10000)),
                id);
        docker(
                "create",
                "--name",
                id,
                "--network",
                id,
                "--health-cmd",
                command.group(1),
                "--health-interval",
                "1s",
                "--health-timeout",
                "30s",
                "--health-retries",
                "2",
                "--entrypoint",
                "java",
                "eclipse-temurin:17-jre",
                "-cp",
                "/v6/classes",
                Greeting.class.getName(),
                address);
        docker("cp", files().toString(), id + ":/v6");
        docker("start", id);

        assertThat(settledHealth()).isEqualTo(health);
        if (health.equals("unhealthy")) {
            assertThat(docker("inspect", "-f", "{{json .State.Health.Log}}", id))
                    .contains("V6-401");
        }
    }

    @Test
    void composeRunsTheSameWords() throws Exception {
        Matcher command = HEALTH_COMMAND.matcher(snippet("docker"));
        assertThat(command.find()).isTrue();

        assertThat(snippet("compose").replace("\", \"", " ")).contains("[\"CMD " + command.group(1) + "\"]");
    }

    /** A service is not healthy in its first moment, so what counts is what follows. */
    private String settledHealth() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        String health = "";
        while (!health.equals("healthy") && !health.equals("unhealthy")) {
            assertThat(System.nanoTime())
                    .as("before the time is over; last: " + health)
                    .isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(200);
            health = docker("inspect", "-f", "{{.State.Health.Status}}", id);
        }
        return health;
    }

    private Path files() throws IOException {
        Path classes = directory.resolve("v6").resolve("classes");
        String name = Greeting.class.getName().replace('.', '/') + ".class";
        copy("/" + name, classes.resolve(name));
        copy("/META-INF/v6/agent.jar", directory.resolve("v6").resolve("agent.jar"));
        return directory.resolve("v6");
    }

    private static void copy(String resource, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        try (InputStream in = Objects.requireNonNull(HealthCheckIT.class.getResourceAsStream(resource))) {
            Files.copy(in, to);
        }
    }

    private String snippet(String kind) throws Exception {
        Path jar = directory.resolve("agent.jar");
        if (!Files.exists(jar)) {
            copy("/META-INF/v6/agent.jar", jar);
        }
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return run(java.toString(), "-jar", jar.toString(), "check", "--snippet", kind, "--port", "8080");
    }

    private String docker(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("docker", "-H", host));
        command.addAll(List.of(words));
        return run(command.toArray(new String[0]));
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        assertThat(process.waitFor()).as(String.join(" ", command) + ": " + out).isZero();
        return out;
    }
}
