// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * The labels that every container and network of a run carries, and what is done with those whose run was killed.
 *
 * <p>A run is over when the process that owns it is gone; where that cannot be seen from here (another machine, or
 * another PID namespace, drives the same engine) only when the time that it allowed itself has passed. So runs side by
 * side never touch each other's things.
 */
final class Leftovers {
    static final String RUN = "dev.v6.run";
    static final String OWNER = "dev.v6.owner";
    static final String UNTIL = "dev.v6.until";

    private static final Duration LETTING_GO = Duration.ofSeconds(5);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);

    private static final String HERE = here();

    private Leftovers() {}

    static Map<String, String> labels(String run, Duration lifetime) {
        String until = Long.toString(Instant.now().plus(lifetime).getEpochSecond());
        return Map.of(RUN, run, OWNER, owner(), UNTIL, until);
    }

    /** Removes what runs that are over have left in this engine. */
    static void sweep(DockerClient client) {
        List<Container> containers = client.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(RUN))
                .exec();
        for (Container container : containers) {
            if (over(container.getLabels())) {
                removeContainer(client, container.getId());
            }
        }
        for (Network network :
                client.listNetworksCmd().withFilter("label", List.of(RUN)).exec()) {
            if (over(network.getLabels())) {
                removeIdleNetwork(client, network.getId());
            }
        }
    }

    /** Until it is gone: the engine refuses while it starts or stops, or another run's sweep removes it. */
    static void removeContainer(DockerClient client, String id) {
        long end = System.nanoTime() + LETTING_GO.toNanos();
        while (true) {
            try {
                client.removeContainerCmd(id)
                        .withForce(true)
                        .withRemoveVolumes(true)
                        .exec();
                return;
            } catch (NotFoundException gone) {
                return;
            } catch (ConflictException busy) {
                if (System.nanoTime() > end) {
                    throw busy;
                }
                LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
            }
        }
    }

    /** As below, once the engine has let go of the containers that were on it: one may just be ending. */
    static void removeIdleNetwork(DockerClient client, String id) {
        long end = System.nanoTime() + LETTING_GO.toNanos();
        while (true) {
            try {
                removeNetwork(client, id);
                return;
            } catch (DockerException inUse) {
                if (System.nanoTime() > end) {
                    throw inUse;
                }
                LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
            }
        }
    }

    static void removeNetwork(DockerClient client, String id) {
        try {
            client.removeNetworkCmd(id).exec();
        } catch (NotFoundException gone) {
            // Another run's sweep was quicker.
        }
    }

    static boolean over(Map<String, String> labels) {
        String owner = labels.getOrDefault(OWNER, "");
        if (owner.startsWith(HERE)) {
            return ownerGone(owner);
        }
        long until = Long.parseLong(labels.getOrDefault(UNTIL, "0"));
        return Instant.now().getEpochSecond() > until;
    }

    /** Who this process is, for labels. */
    static String owner() {
        return owner(ProcessHandle.current());
    }

    /** Whether the process of such a label is surely gone: false where it cannot be seen from here. */
    static boolean ownerGone(String owner) {
        if (!owner.startsWith(HERE)) {
            return false;
        }
        String pid = owner.substring(HERE.length()).split("/", -1)[0];
        return ProcessHandle.of(Long.parseLong(pid))
                .filter(p -> owner(p).equals(owner))
                .isEmpty();
    }

    private static String owner(ProcessHandle process) {
        long started = process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        return HERE + process.pid() + "/" + started;
    }

    /** This boot of this kernel and this PID namespace: within them a PID and its start name one process. */
    private static String here() {
        String boot = read(Path.of("/proc/sys/kernel/random/boot_id")).orElse("unknown-boot");
        String namespace;
        try {
            namespace = Objects.toString(Files.readSymbolicLink(Path.of("/proc/self/ns/pid")));
        } catch (IOException | UnsupportedOperationException noProc) {
            namespace = System.getProperty("user.name") + "@"
                    + read(Path.of("/etc/hostname")).orElse("unknown-host");
        }
        return boot + "/" + namespace + "/";
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file).trim());
        } catch (IOException notThere) {
            return Optional.empty();
        }
    }
}
