// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import dev.v6.Protocol;
import dev.v6.probe.ProbeResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One service in a Docker Engine. What an engine does takes its time, and most of it can be done side by side: helpers
 * are made, and their JVMs started, while the service starts, and are told where to connect when that is known.
 */
final class DockerRun implements RunningService {
    private static final System.Logger LOG = System.getLogger(DockerRun.class.getName());
    private static final int LOG_LINES = 20;
    private static final Duration WORKERS_END = Duration.ofSeconds(5);

    private final DockerClient client;
    private final String run;
    private final Map<String, String> labels;
    private final Sightings sightings;
    private final Inventory inventory;
    private final ExecutorService workers = Executors.newCachedThreadPool(DockerRun::daemon);
    private final AtomicReference<@Nullable Throwable> helperFault = new AtomicReference<>();
    private final Thread onExit = new Thread(this::remove, "v6-clean-up");

    private final CompletableFuture<DockerSite> site = new CompletableFuture<>();
    private final List<Future<?>> making = new CopyOnWriteArrayList<>();

    private @Nullable Future<DockerNetwork> network;
    private @Nullable HostProber host;
    private String service = "";

    /**
     * A run that has begun nothing yet; whoever makes it closes it.
     *
     * @param run its name
     * @param labels for every thing that is made
     * @param sightings told of what is seen
     */
    DockerRun(DockerClient client, String run, Map<String, String> labels, Sightings sightings) {
        this.client = client;
        this.run = run;
        this.labels = labels;
        this.sightings = sightings;
        this.inventory = new Inventory(client, run);
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    /**
     * What is to be run.
     *
     * @param service what the user asked for
     * @param ports the ports to try
     * @param helper where helpers get their JVM
     */
    record Plan(Service service, List<Port> ports, DockerEngine.HelperImage helper) {}

    /** Begins with what needs no plan: removes what killed runs have left, and makes the network. */
    void prepare(String wanted) {
        Future<?> swept = begin(Executors.callable(this::sweep));
        network = begin(() -> {
            DockerNetwork net = DockerNetwork.open(client, wanted, "v6-" + run, labels, () -> outcome(swept));
            inventory.made(net);
            return net;
        });
    }

    /** Starts the service and all that looks at it. */
    void start(Plan plan) throws EngineException, InterruptedException {
        DockerNetwork net = outcome(Objects.requireNonNull(network, "prepare() comes first"));
        boolean here = net.here() && !Boolean.getBoolean("java.net.preferIPv4Stack"); // which could try no IPv6
        Future<HostProber> prober = begin(() -> prober(plan, here));
        Future<HelperContainer> neighbour = begin(() -> neighbour(plan, net));
        service = create(plan, net);
        inventory.made(service);
        Future<HelperContainer> witness = begin(() -> witness(plan));
        try {
            client.startContainerCmd(service).exec();
        } catch (DockerException e) {
            throw new EngineException(
                    "The container does not start: " + DockerEngine.said(e)
                            + ". Correct v6.command or the image's entrypoint and run v6:verify again.",
                    e);
        }
        workers.execute(() -> help("witness", () -> {
            HelperContainer helper = outcome(witness);
            helper.start(report(Vantage.INSIDE));
            return helper;
        }));
        InspectContainerResponse state = client.inspectContainerCmd(service).exec();
        DockerSite there = DockerSite.of(plan, net, state, here);
        site.complete(there);
        if (!Boolean.TRUE.equals(state.getState().getRunning())) {
            return; // ended() tells how it went
        }
        workers.execute(() -> help("neighbour", () -> {
            HelperContainer helper = outcome(neighbour);
            helper.tell(there.aims(Vantage.NEIGHBOUR), true);
            return helper;
        }));
        HostProber from = outcome(prober);
        host = from;
        there.reach(from.addresses());
        from.probe(there.aims());
    }

    private <T> Future<T> begin(Callable<T> work) {
        Future<T> begun = workers.submit(work);
        making.add(begun);
        return begun;
    }

    private static <T> T outcome(Future<T> work) throws EngineException, InterruptedException {
        try {
            return work.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof EngineException ours) {
                throw ours;
            }
            if (e.getCause() instanceof RuntimeException theirs) {
                throw theirs;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** What an earlier run has left may be stuck; this run does not depend on it. */
    private void sweep() {
        try {
            Leftovers.sweep(client);
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "v6 could not remove what an earlier run left: " + DockerEngine.said(e)
                            + " See docker ps -a --filter label=" + Leftovers.RUN
                            + " and docker network ls --filter label=" + Leftovers.RUN + ".");
        }
    }

    private HostProber prober(Plan plan, boolean here) throws InterruptedException {
        if (here) {
            return new LocalHostProber(sightings);
        }
        ContainerHostProber prober = new ContainerHostProber(client, helper(plan, "host", "host"), sightings);
        prober.start(inventory::made);
        return prober;
    }

    private HelperContainer neighbour(Plan plan, DockerNetwork net) throws InterruptedException {
        List<String> arguments = List.of("probe", "--json", "--stdin", "--until", "60m");
        HelperContainer helper =
                HelperContainer.create(client, helper(plan, "neighbour", net.id()), arguments, inventory::made);
        helper.start(report(Vantage.NEIGHBOUR));
        return helper;
    }

    /** It shares the service's network namespace, so it can be made before that runs, and started after. */
    private HelperContainer witness(Plan plan) {
        List<String> arguments = new ArrayList<>(List.of("witness", "--json", "--probe"));
        for (Port port : plan.ports) {
            if (port.protocol() == Protocol.TCP) {
                arguments.addAll(List.of("--port", Integer.toString(port.number())));
            }
        }
        HelperContainer.Plan place = helper(plan, "witness", "container:" + service);
        return HelperContainer.create(client, place, arguments, inventory::made);
    }

    private HelperContainer.Plan helper(Plan plan, String role, String network) {
        return plan.helper.plan("v6-" + run + "-" + role, network, labels);
    }

    private AgentReport report(Vantage vantage) {
        return new AgentReport(sightings, result -> site.join().hit(vantage, result, sightings));
    }

    private String create(Plan plan, DockerNetwork net) {
        HostConfig hostConfig =
                HostConfig.newHostConfig().withNetworkMode(net.id()).withPortBindings(bindings(plan));
        CreateContainerCmd create = client.createContainerCmd(plan.service.image())
                .withName("v6-" + run + "-service")
                .withLabels(labels)
                .withEnv(DockerSite.environment(plan.service.environment()))
                .withExposedPorts(plan.ports.stream().map(DockerSite::exposed).toList())
                .withHostConfig(hostConfig);
        if (!plan.service.command().isEmpty()) {
            create.withEntrypoint(plan.service.command()).withCmd(List.of());
        }
        return create.exec().getId();
    }

    /** No host address and no host port: the engine binds both families, each to a port that is free. */
    private static List<PortBinding> bindings(Plan plan) {
        return plan.ports.stream()
                .map(port -> new PortBinding(Ports.Binding.empty(), DockerSite.exposed(port)))
                .toList();
    }

    /** Sees a helper to its end; one that cannot work makes the run fail. */
    private void help(String role, Callable<HelperContainer> begin) {
        try {
            HelperContainer helper = begin.call();
            int status = helper.exitCode();
            if (status > 1) { // 0 and 1 are the agent's own: all answered, or not
                throw new IllegalStateException(
                        "the " + role + " ended with exit code " + status + ": " + helper.words());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            if (!inventory.closed()) {
                helperFault.compareAndSet(null, e);
            }
        }
    }

    @Override
    public List<Aim> aims() {
        return site.join().aims();
    }

    @Override
    public Placement placement() {
        return site.join().placement();
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
                    .awaitCompletion(5, TimeUnit.SECONDS);
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

    @Override
    public void close() {
        remove();
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException goingDown) {
            // The hook runs, or has run: it does the same.
        }
    }

    private synchronized void remove() {
        boolean interrupted = Thread.interrupted(); // which would end the waiting that this takes
        if (host != null) {
            host.close();
        }
        inventory.remove(making);
        site.cancel(false); // who still waits for it
        endWorkers();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** None of them may outlive the goal: Maven closes the class loader after it. */
    private void endWorkers() {
        workers.shutdownNow();
        try {
            if (!workers.awaitTermination(WORKERS_END.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.log(System.Logger.Level.DEBUG, "A worker of run " + run + " still waits for the engine.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "v6-docker");
        thread.setDaemon(true);
        return thread;
    }
}
