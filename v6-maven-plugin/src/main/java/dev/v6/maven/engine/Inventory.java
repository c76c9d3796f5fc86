// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Container;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Everything that was made in the engine for one run, so that it can be removed however the run ends. */
final class Inventory {
    private static final System.Logger LOG = System.getLogger(Inventory.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final DockerClient client;
    private final String run;
    private final List<String> containers = new ArrayList<>();

    private @Nullable DockerNetwork network;
    private boolean closed;

    Inventory(DockerClient client, String run) {
        this.client = client;
        this.run = run;
    }

    /** Takes up a container; throws if the run is over, and then nothing of it is left. */
    void made(String container) {
        synchronized (this) {
            if (!closed) {
                containers.add(container);
                return;
            }
        }
        Leftovers.removeContainer(client, container);
        throw new IllegalStateException("the run is over");
    }

    /** Takes up a network, as {@link #made(String)} does. */
    void made(DockerNetwork one) {
        synchronized (this) {
            if (!closed) {
                network = one;
                return;
            }
        }
        quietly(() -> removeNetwork(one));
        throw new IllegalStateException("the run is over");
    }

    synchronized boolean closed() {
        return closed;
    }

    /**
     * Removes all of it, containers side by side and the network after them. Does it once; never throws.
     *
     * @param making what is still being done; what comes of it is removed, too
     */
    void remove(List<Future<?>> making) {
        List<String> ids;
        DockerNetwork net;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            ids = List.copyOf(containers);
            net = network;
        }
        await(making);
        removeAll(ids);
        if (net != null) {
            quietly(() -> removeNetwork(net));
        }
    }

    private static void await(List<Future<?>> making) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (Future<?> work : making) {
            try {
                work.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (ExecutionException | TimeoutException said) {
                // Who needs it is told of it there.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void removeAll(List<String> ids) {
        List<Thread> removals = new ArrayList<>();
        for (String id : ids) {
            removals.add(DockerRun.daemon(() -> quietly(() -> Leftovers.removeContainer(client, id))));
        }
        removals.forEach(Thread::start);
        for (Thread removal : removals) {
            try {
                removal.join(PATIENCE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void removeNetwork(DockerNetwork net) {
        if (!net.ours()) {
            return;
        }
        try {
            Leftovers.removeNetwork(client, net.id());
        } catch (DockerException stillInUse) {
            // A helper was being made while this began: the engine knows its label, nobody knows its id.
            removeAll(
                    client
                            .listContainersCmd()
                            .withShowAll(true)
                            .withLabelFilter(Map.of(Leftovers.RUN, run))
                            .exec()
                            .stream()
                            .map(Container::getId)
                            .toList());
            Leftovers.removeIdleNetwork(client, net.id());
        }
    }

    private void quietly(Runnable removal) {
        try {
            removal.run();
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "v6 could not remove what it made for run " + run + ": " + DockerEngine.said(e)
                            + " The next v6:verify removes it, or: docker rm -f $(docker ps -aqf label=" + Leftovers.RUN
                            + "=" + run + ")");
        }
    }
}
