// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import com.github.dockerjava.api.DockerClient;
import dev.v6.Family;
import dev.v6.probe.ProbeResult;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The engine's host is elsewhere: another machine, a virtual one, or another network namespace, as when Maven runs in a
 * container itself. A helper on the engine's host network tries from there.
 */
final class ContainerHostProber implements HostProber {
    private static final Duration START = Duration.ofSeconds(30);

    private final DockerClient client;
    private final HelperContainer.Plan plan;
    private final Sightings sightings;
    private volatile List<Aim> mine = List.of();
    private final Sightings ofHost = new Sightings();

    private @Nullable HelperContainer helper;

    ContainerHostProber(DockerClient client, HelperContainer.Plan plan, Sightings sightings) {
        this.client = client;
        this.plan = plan;
        this.sightings = sightings;
    }

    /** Makes and starts the helper, which stays until it is removed. */
    void start(Consumer<String> made) throws InterruptedException {
        HelperContainer started = HelperContainer.create(
                client, plan, List.of("probe", "--json", "--facts", "--stdin", "--until", "60m"), made);
        helper = started;
        started.start(new AgentReport(ofHost, result -> hit(mine, result)));
    }

    @Override
    public Map<Family, InetAddress> addresses() throws EngineException, InterruptedException {
        long end = System.nanoTime() + START.toNanos();
        long seen = 0;
        while (!ofHost.witnessed()) {
            if (System.nanoTime() > end || helper().ended()) {
                throw new EngineException("The engine is not on this machine's network, so its host is tried through a"
                        + " container on the host network, and that one did not start within " + START.toSeconds()
                        + " s: " + helper().words() + "\nIt needs an image with Java 17 or newer: name one with"
                        + " -Dv6.witnessImage=NAME.");
            }
            seen = ofHost.await(seen, Duration.ofMillis(200));
        }
        return HostAddresses.choose(ofHost.facts().addresses());
    }

    @Override
    public void probe(List<Aim> aims) throws InterruptedException {
        mine = aims.stream()
                .filter(aim -> aim.target() != null)
                .filter(aim -> aim.vantage() == Vantage.HOST_ADDRESS || aim.vantage() == Vantage.HOST_LOOPBACK)
                .toList();
        if (!mine.isEmpty()) {
            helper().tell(mine, false);
        }
    }

    @Override
    public List<ProbeResult> again(List<Aim> aims) throws InterruptedException {
        List<ProbeResult> results = new ArrayList<>();
        String hold = HOLD.toMillis() + "ms";
        helper().exec(arguments(aims, "--timeout", hold, "--hold", hold), new AgentReport(ofHost, results::add))
                .awaitCompletion();
        return results;
    }

    private void hit(List<Aim> aims, ProbeResult result) {
        for (Aim aim : aims) {
            if (result.target().equals(aim.target())) {
                sightings.probed(aim, result);
            }
        }
    }

    private static List<String> arguments(List<Aim> aims, String... options) {
        List<String> arguments = new ArrayList<>(List.of("probe", "--json"));
        arguments.addAll(List.of(options));
        for (Aim aim : aims) {
            arguments.addAll(List.of("--target", aim.where()));
        }
        return arguments;
    }

    private HelperContainer helper() {
        if (helper == null) {
            throw new IllegalStateException("not started");
        }
        return helper;
    }

    @Override
    public void close() {
        // The run removes the container, and with it all that runs inside.
    }
}
