// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import dev.v6.probe.ProbeResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One service in a Docker Engine, with all that was made for it. */
final class DockerRun implements RunningService {
    private static final System.Logger LOG = System.getLogger(DockerRun.class.getName());
    private static final int LOG_LINES = 20;

    private final DockerClient client;
    private final Plan plan;
    private final Sightings sightings;
    private final List<String> containers = new ArrayList<>();
    private final ExecutorService helpers = Executors.newCachedThreadPool(DockerRun::daemon);
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicReference<@Nullable Throwable> helperFault = new AtomicReference<>();
    private final Thread onExit = new Thread(this::remove, "v6-clean-up");

    private @Nullable DockerNetwork network;
    private @Nullable DockerSite site;
    private @Nullable HostProber host;
    private String service = "";

    private DockerRun(DockerClient client, Plan plan, Sightings sightings) {
        this.client = client;
        this.plan = plan;
        this.sightings = sightings;
    }

    /**
     * What is to be run.
     *
     * @param run this run's name
     * @param service what the user asked for
     * @param image the service's image
     * @param ports the ports to try
     * @param helper where helpers get their JVM
     * @param labels for every thing that is made
     */
    record Plan(
            String run,
            Service service,
            InspectImageResponse image,
            List<Port> ports,
            DockerEngine.HelperImage helper,
            Map<String, String> labels) {

        HelperContainer.Plan helper(String role, String network) {
            return helper.plan("v6-" + run + "-" + role, network, labels);
        }
    }

    static DockerRun start(DockerClient client, Plan plan, Sightings sightings)
            throws EngineException, InterruptedException {
        DockerRun run = new DockerRun(client, plan, sightings);
        Runtime.getRuntime().addShutdownHook(run.onExit);
        try {
            run.start();
            return run;
        } catch (RuntimeException | EngineException | InterruptedException e) {
            run.close();
            throw e;
        }
    }

    private void start() throws EngineException, InterruptedException {
        DockerNetwork net = DockerNetwork.open(client, plan.service.network(), "v6-" + plan.run, plan.labels);
        network = net;
        service = create(net);
        made(service);
        try {
            client.startContainerCmd(service).exec();
        } catch (DockerException e) {
            throw new EngineException(
                    "The container does not start: " + DockerEngine.said(e)
                            + ". Correct v6.command or the image's entrypoint and run v6:verify again.",
                    e);
        }
        InspectContainerResponse state = client.inspectContainerCmd(service).exec();
        boolean here = net.here() && !Boolean.getBoolean("java.net.preferIPv4Stack"); // which could try no IPv6
        DockerSite there = DockerSite.of(plan, net, state, here);
        site = there;
        if (!Boolean.TRUE.equals(state.getState().getRunning())) {
            return; // ended() tells how it went
        }
        helpers.execute(() -> help(() -> witness(there)));
        helpers.execute(() -> help(() -> neighbour(there)));
        HostProber prober = prober(here);
        host = prober;
        there.reach(prober.addresses());
        prober.probe(there.aims());
    }

    private HostProber prober(boolean here) throws InterruptedException {
        if (here) {
            return new LocalHostProber(sightings);
        }
        ContainerHostProber prober = new ContainerHostProber(client, plan.helper("host", "host"), sightings);
        prober.start(this::made);
        return prober;
    }

    private String create(DockerNetwork net) {
        HostConfig hostConfig =
                HostConfig.newHostConfig().withNetworkMode(net.id()).withPortBindings(bindings());
        CreateContainerCmd create = client.createContainerCmd(plan.service.image())
                .withName("v6-" + plan.run + "-service")
                .withLabels(plan.labels)
                .withEnv(DockerSite.environment(plan.service.environment()))
                .withExposedPorts(plan.ports.stream().map(DockerSite::exposed).toList())
                .withHostConfig(hostConfig);
        if (!plan.service.command().isEmpty()) {
            create.withEntrypoint(plan.service.command()).withCmd(List.of());
        }
        return create.exec().getId();
    }

    /** No host address and no host port: the engine binds both families, each to a port that is free. */
    private List<PortBinding> bindings() {
        return plan.ports.stream()
                .map(port -> new PortBinding(Ports.Binding.empty(), DockerSite.exposed(port)))
                .toList();
    }

    private void witness(DockerSite there) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("witness", "--json", "--probe"));
        for (Port port : there.tcpPorts()) {
            arguments.addAll(List.of("--port", Integer.toString(port.number())));
        }
        run("witness", "container:" + service, arguments, Vantage.INSIDE, there);
    }

    private void neighbour(DockerSite there) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("probe", "--json", "--until", "60m"));
        boolean any = false;
        for (Aim aim : there.aims()) {
            if (aim.vantage() == Vantage.NEIGHBOUR && aim.target() != null) {
                arguments.addAll(List.of("--target", aim.where()));
                any = true;
            }
        }
        if (any && network != null) {
            run("neighbour", network.id(), arguments, Vantage.NEIGHBOUR, there);
        }
    }

    private void run(String role, String where, List<String> arguments, Vantage vantage, DockerSite there)
            throws InterruptedException {
        HelperContainer helper = HelperContainer.create(client, plan.helper(role, where), arguments, this::made);
        helper.start(new AgentReport(sightings, result -> there.hit(vantage, result, sightings)));
        int status = helper.exitCode();
        if (status > 1) { // 0 and 1 are the agent's own: all answered, or not
            throw new IllegalStateException("the " + role + " ended with exit code " + status + ": " + helper.words());
        }
    }

    private void help(HelperWork work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            if (!closed.get()) {
                helperFault.compareAndSet(null, e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public List<Aim> aims() {
        return site == null ? List.of() : site.aims();
    }

    @Override
    public Placement placement() {
        if (site == null) {
            throw new IllegalStateException("not started");
        }
        return site.placement();
    }

    @Override
    public Optional<String> ended() throws EngineException {
        try {
            InspectContainerResponse.ContainerState state =
                    client.inspectContainerCmd(service).exec().getState();
            if (!Boolean.TRUE.equals(state.getRunning())) {
                return Optional.of("The service ended by itself with exit code " + state.getExitCodeLong()
                        + (Boolean.TRUE.equals(state.getOOMKilled()) ? " (out of memory)" : "") + ".\n" + lastLines());
            }
        } catch (RuntimeException e) {
            throw DockerEngine.stopped(e);
        }
        Throwable fault = helperFault.get();
        if (fault != null) {
            throw new EngineException(
                    "The witness or the neighbour could not work: " + DockerEngine.said(fault)
                            + "\nThey need an image with Java 17 or newer: name one with -Dv6.witnessImage=NAME.",
                    fault);
        }
        return Optional.empty();
    }

    /** The service's last words, for people. */
    private String lastLines() {
        StringBuilder text = new StringBuilder();
        try {
            client.logContainerCmd(service)
                    .withStdOut(true)
                    .withStdErr(true)
                    .withTail(LOG_LINES)
                    .exec(new LogText(text))
                    .awaitCompletion(5, java.util.concurrent.TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException unreadable) {
            return "Its log cannot be read here: " + DockerEngine.said(unreadable);
        }
        synchronized (text) {
            return text.isEmpty()
                    ? "It printed nothing."
                    : "Its last lines:\n" + text.toString().stripTrailing();
        }
    }

    @Override
    public List<ProbeResult> again(List<Aim> aims) throws EngineException, InterruptedException {
        try {
            return host == null ? List.of() : host.again(aims);
        } catch (RuntimeException e) {
            throw DockerEngine.stopped(e);
        }
    }

    private void made(String container) {
        boolean late;
        synchronized (containers) {
            containers.add(container);
            late = closed.get();
        }
        if (late) {
            Leftovers.removeContainer(client, container);
            throw new IllegalStateException("the run is over");
        }
    }

    @Override
    public void close() {
        remove();
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException goingDown) {
            // The hook runs, or has run: it does the same.
        }
    }

    /** Helpers first, all at once: the service's namespace is the witness's too. */
    private void remove() {
        if (closed.getAndSet(true)) {
            return;
        }
        if (host != null) {
            host.close();
        }
        List<String> all;
        synchronized (containers) {
            all = List.copyOf(containers);
        }
        removeAll(all);
        DockerNetwork net = network;
        if (net != null && net.ours()) {
            quietly(() -> removeNetwork(net));
        }
        helpers.shutdownNow();
    }

    private void removeAll(List<String> ids) {
        List<Thread> removals = new ArrayList<>();
        for (String id : ids) {
            removals.add(daemon(() -> quietly(() -> Leftovers.removeContainer(client, id))));
        }
        removals.forEach(Thread::start);
        for (Thread removal : removals) {
            try {
                removal.join(Duration.ofSeconds(30).toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void removeNetwork(DockerNetwork net) {
        try {
            Leftovers.removeNetwork(client, net.id());
        } catch (DockerException stillInUse) {
            // A helper was being made while this began: the engine knows its label, nobody knows its id.
            removeAll(
                    client
                            .listContainersCmd()
                            .withShowAll(true)
                            .withLabelFilter(Map.of(Leftovers.RUN, plan.run))
                            .exec()
                            .stream()
                            .map(Container::getId)
                            .toList());
            Leftovers.removeNetwork(client, net.id());
        }
    }

    private void quietly(Runnable removal) {
        try {
            removal.run();
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "v6 could not remove what it made for run " + plan.run + ": " + DockerEngine.said(e)
                            + " The next v6:verify removes it, or: docker rm -f $(docker ps -aqf label="
                            + Leftovers.RUN + "=" + plan.run + ")");
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "v6-docker");
        thread.setDaemon(true);
        return thread;
    }

    private interface HelperWork {
        void run() throws InterruptedException;
    }
}
