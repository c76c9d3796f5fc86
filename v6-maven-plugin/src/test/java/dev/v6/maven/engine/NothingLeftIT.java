// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.Protocol;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However a run ends, what it made in the engine goes, and another run's things stay. */
@RequiresDocker
class NothingLeftIT {
    private static final Duration LIFETIME = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Service, witness, neighbour, the prober on the engine's host, and the network. */
    private static final int ALL = 5;

    private final LabEngine lab = LabEngine.named("28");

    @Test
    void aKilledRunIsRemovedByTheNextAndALivingOneIsNot() throws Exception {
        try (DockerAccess access = open(lab);
                DockerEngine engine = lab.open()) {
            Process living = held(lab);
            Process killed = held(lab);
            await(() ->
                    made(access, living).size() == ALL && made(access, killed).size() == ALL);
            killed.destroyForcibly().waitFor();
            assertThat(made(access, killed)).hasSize(ALL); // or there would be nothing to remove

            engine.start(service(), new Sightings(), LIFETIME).close();

            assertThat(made(access, killed)).isEmpty();
            assertThat(made(access, living)).hasSize(ALL);
            living.destroy(); // SIGTERM, as Ctrl-C: the JVM goes down in order
            assertThat(living.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(made(access, living)).isEmpty();
        }
    }

    @Test
    void anEngineThatDiesMidwayIsASentenceAndTheNextRunRemovesWhatStayed(@TempDir Path folder) throws Exception {
        try (EngineDoor door = new EngineDoor(folder.resolve("d.sock"), lab);
                DockerAccess access = open(lab);
                DockerEngine engine = lab.open()) {
            Process cutOff = held(door.engine());
            await(() -> made(access, cutOff).size() == ALL);
            door.shut();

            assertThat(cutOff.inputReader().readLine())
                    .startsWith("The Docker Engine stopped answering (")
                    .contains("docker info", "run v6:verify again");
            assertThat(cutOff.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(made(access, cutOff)).hasSize(ALL);
            engine.start(service(), new Sightings(), LIFETIME).close();
            assertThat(made(access, cutOff)).isEmpty();
        }
    }

    private static DockerAccess open(LabEngine engine) throws DockerUnavailableException {
        return DockerAccess.open(Map.of("DOCKER_HOST", engine.host()), Duration.ofSeconds(10));
    }

    private static List<String> made(DockerAccess access, Process owner) {
        return made(access, owner.pid());
    }

    /** Containers first, then networks. */
    private static List<String> made(DockerAccess access, long pid) {
        Stream<String> containers = access.client().listContainersCmd().withShowAll(true).exec().stream()
                .filter(container -> owner(container.getLabels(), pid))
                .map(container -> container.getId());
        Stream<String> networks = access.client().listNetworksCmd().exec().stream()
                .filter(network -> owner(network.getLabels(), pid))
                .map(network -> "network " + network.getId());
        return Stream.concat(containers, networks).toList();
    }

    private static boolean owner(Map<String, String> labels, long pid) {
        return labels != null && labels.getOrDefault(Leftovers.OWNER, "").contains("/" + pid + "/");
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("still waiting").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private static Service service() {
        return new Service(
                "v6-lab/busybox:1",
                List.of("sleep", "600"),
                Map.of(),
                List.of(new Port(8080, Protocol.TCP)),
                Service.DUAL_STACK,
                "eclipse-temurin:17-jre",
                null);
    }

    /** A process with a run that waits for a service that never listens. */
    private static Process held(LabEngine engine) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Held.class.getName(),
                engine.host()));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    static final class Held {
        public static void main(String[] args) throws Exception {
            try (DockerEngine engine = new LabEngine("held", args[0]).open();
                    RunningService running = engine.start(service(), new Sightings(), LIFETIME)) {
                while (running.ended().isEmpty()) {
                    TimeUnit.MILLISECONDS.sleep(100);
                }
            } catch (EngineException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
