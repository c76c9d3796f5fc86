// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import dev.v6.Family;
import dev.v6.Finding;
import dev.v6.Protocol;
import dev.v6.maven.jib.AgentFile;
import dev.v6.maven.jib.JvmFlags;
import dev.v6.probe.ProbeResult;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** One service in a JVM of its own on this machine. */
final class ProcessRun implements RunningService {
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final int LOG_LINES = 20;
    /** On the command line, so that the next run finds what a killed one left. */
    private static final String OWNER = "-Ddev.v6.owner=";

    private final Process process;
    private final List<Port> ports;
    private final Placement placement;
    private final LocalWitness witness;
    private final LocalHostProber prober;
    private final Deque<String> lastLines = new ArrayDeque<>();
    private final Thread onExit = new Thread(this::end, "v6-clean-up");
    private final Thread reader = new Thread(this::read, "v6-service-log");

    private ProcessRun(Process process, List<Port> ports, Placement placement, Sightings sightings) {
        this.process = process;
        this.ports = ports;
        this.placement = placement;
        this.witness = new LocalWitness(process.pid(), ports, sightings);
        this.prober = new LocalHostProber(sightings);
    }

    static ProcessRun start(Service service, Sightings sightings) throws EngineException {
        sweep();
        Service.Program program = service.program();
        if (program == null) {
            throw new IllegalArgumentException("no program");
        }
        LocalPorts local = new LocalPorts();
        Map<String, String> environment = new TreeMap<>();
        for (Map.Entry<String, String> variable : service.environment().entrySet()) {
            environment.put(variable.getKey(), local.fill(variable.getValue()));
        }
        List<String> flags = local.fillAll(program.flags());
        List<String> arguments = local.fillAll(program.arguments());
        List<Port> ports = local.really(service.ports());
        List<String> command = new ArrayList<>(List.of(program.java().toString(), OWNER + Leftovers.owner()));
        command.addAll(flags);
        command.addAll(agent(program, ports));
        command.addAll(List.of("-cp", classPath(program), program.mainClass()));
        command.addAll(arguments);
        Map<String, String> whole = new HashMap<>(System.getenv());
        whole.putAll(environment);
        Placement placement = new Placement(
                "class " + program.mainClass(),
                "this machine's own network" + local.describe(),
                EnumSet.allOf(Family.class),
                EnumSet.allOf(Family.class),
                Map.of(),
                Set.of(),
                JvmFlags.preferIpv4Stack(command, whole).map(Finding::evidence).orElse(""),
                true,
                "");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(program.directory().toFile())
                    .redirectErrorStream(true);
            builder.environment().putAll(environment);
            ProcessRun run = new ProcessRun(builder.start(), ports, placement, sightings);
            run.begin();
            return run;
        } catch (IOException e) {
            throw new EngineException(
                    "The service's JVM does not start: " + e.getMessage() + ". See that " + program.java()
                            + " can be run, and run v6:verify again.",
                    e);
        }
    }

    private static List<String> agent(Service.Program program, List<Port> ports) {
        Service.Agent agent = program.agent();
        if (agent == null) {
            return List.of();
        }
        List<String> numbers = ports.stream()
                .filter(port -> port.protocol() == Protocol.TCP)
                .map(port -> Integer.toString(port.number()))
                .toList();
        return List.of(AgentFile.flag(agent.jar(), numbers, agent.arguments()));
    }

    private void begin() {
        Runtime.getRuntime().addShutdownHook(onExit);
        process.toHandle(); // the pipe to its stdin stays open: some programs end when it closes
        reader.setDaemon(true);
        reader.start();
        witness.start();
        prober.probe(aims());
    }

    private static String classPath(Service.Program program) {
        return String.join(
                File.pathSeparator,
                program.classPath().stream().map(Object::toString).toList());
    }

    /** Ends services whose run was killed and could not do it. */
    private static void sweep() {
        ProcessHandle.allProcesses()
                .filter(p -> p.info().arguments().map(ProcessRun::orphaned).orElse(false))
                .forEach(ProcessHandle::destroyForcibly);
    }

    private static boolean orphaned(String... arguments) {
        for (String argument : arguments) {
            if (argument.startsWith(OWNER)) {
                return Leftovers.ownerGone(argument.substring(OWNER.length()));
            }
        }
        return false;
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(Charset.defaultCharset())) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                synchronized (lastLines) {
                    if (lastLines.size() == LOG_LINES) {
                        lastLines.removeFirst();
                    }
                    lastLines.addLast(line);
                }
            }
        } catch (IOException | UncheckedIOException streamClosed) {
            // The process is gone, and with it what it could still have said.
        }
    }

    @Override
    public List<Aim> aims() {
        Map<Family, InetAddress> host = prober.addresses();
        List<Aim> aims = new ArrayList<>();
        for (Port port : ports) {
            if (port.protocol() != Protocol.TCP) {
                continue;
            }
            for (Family family : Family.values()) {
                InetAddress address = host.get(family);
                aims.add(
                        address == null
                                ? Aim.absent(
                                        port,
                                        Vantage.HOST_ADDRESS,
                                        family,
                                        "this machine has no " + family + " address but loopback and link-local")
                                : Aim.at(port, Vantage.HOST_ADDRESS, new InetSocketAddress(address, port.number())));
            }
            for (Family family : Family.values()) {
                InetAddress loopback = HostAddresses.loopback(family);
                aims.add(Aim.at(port, Vantage.HOST_LOOPBACK, new InetSocketAddress(loopback, port.number())));
            }
        }
        return aims;
    }

    @Override
    public Placement placement() {
        return placement;
    }

    @Override
    public Optional<String> ended() {
        if (process.isAlive()) {
            return Optional.empty();
        }
        try {
            reader.join(GRACE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (lastLines) {
            return Optional.of("The service ended by itself with exit code " + process.exitValue() + ".\n"
                    + (lastLines.isEmpty()
                            ? "It printed nothing."
                            : "Its last lines:\n" + String.join("\n", lastLines)));
        }
    }

    /** Nothing stands between a probe and the service here, so there is nothing to try again for. */
    @Override
    public List<ProbeResult> again(List<Aim> aims) {
        return List.of();
    }

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException goingDown) {
            // The hook runs, or has run: it does the same.
        }
    }

    private void end() {
        prober.close();
        witness.close();
        process.destroy();
        try {
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
