// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.ExposedPort;
import dev.v6.Protocol;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Docker Engine: runs the service as a container on a network of its own, with a neighbour beside it and a witness in
 * its network namespace. All of it goes when the service is closed.
 */
public final class DockerEngine implements Engine, AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final DockerAccess access;
    private final DockerClient client;
    private final HeadStart headStart;

    private DockerEngine(DockerAccess access, HeadStart headStart) {
        this.access = access;
        this.headStart = headStart;
        this.client = access.client();
    }

    /**
     * Connects to the engine that the environment names.
     *
     * @return the engine
     * @throws DockerUnavailableException if none answers, with why and what to do
     */
    public static DockerEngine open() throws DockerUnavailableException {
        HeadStart begun = HeadStart.begin();
        try {
            return new DockerEngine(DockerAccess.open(), begun);
        } catch (DockerUnavailableException | RuntimeException e) {
            begun.await();
            throw e;
        }
    }

    static DockerEngine of(DockerAccess access) {
        return new DockerEngine(access, HeadStart.begin());
    }

    @Override
    public String kind() {
        return "docker";
    }

    @Override
    public String version() {
        return access.version();
    }

    @Override
    public RunningService start(Service service, Sightings sightings, Duration lifetime)
            throws EngineException, InterruptedException {
        String name = service.image();
        if (name == null) {
            throw new EngineException("There is no image to verify. Bake one first (bind the goal v6:build, or run mvn"
                    + " package v6:build v6:verify), or name one that the engine has with -Dv6.image=NAME.");
        }
        byte[] random = new byte[6];
        RANDOM.nextBytes(random);
        String run = HexFormat.of().formatHex(random);
        DockerRun running = new DockerRun(client, run, Leftovers.labels(run, lifetime), sightings);
        try {
            running.prepare(service.network());
            running.start(plan(name, service));
            return running;
        } catch (EngineException | InterruptedException e) {
            running.close();
            throw e;
        } catch (RuntimeException e) {
            running.close();
            throw stopped(e);
        }
    }

    private DockerRun.Plan plan(String name, Service service) throws EngineException {
        InspectImageResponse image = image(name);
        List<Port> ports = service.ports().isEmpty() ? exposed(image) : service.ports();
        if (ports.isEmpty()) {
            throw new EngineException(
                    "The image " + name + " exposes no port, so there is nothing to try. Name the service's ports with"
                            + " -Dv6.ports=8080, or give jib's <container><ports>.");
        }
        return new DockerRun.Plan(service, ports, helperImage(service, image));
    }

    /** What the engine or the way to it broke with, as a sentence. */
    static EngineException stopped(RuntimeException e) {
        if (e instanceof DockerException) {
            return new EngineException(
                    "The Docker Engine refused: " + said(e) + ". Mend what it names and run v6:verify again.", e);
        }
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new EngineException(
                "The Docker Engine stopped answering (" + root.getMessage()
                        + "). See that it runs (docker info) and run v6:verify again; that run removes what this one"
                        + " may have left behind.",
                e);
    }

    /** An engine's error without the client's wrapping: {@code Status 409: {"message":"…"}}. */
    static String said(@Nullable Throwable e) {
        String text = String.valueOf(e == null ? null : e.getMessage()).trim();
        int from = text.indexOf("{\"message\":\"");
        int to = text.lastIndexOf("\"}");
        String plain = from >= 0 && to > from ? text.substring(from + 12, to) : text;
        return plain.replace("\\n", " ").replace("\\\"", "\"").trim();
    }

    private InspectImageResponse image(String name) throws EngineException {
        try {
            return client.inspectImageCmd(name).exec();
        } catch (NotFoundException e) {
            throw new EngineException(
                    "The Docker Engine has no image named '" + name
                            + "'. Bake it with v6:build, pull it with docker pull " + name
                            + ", or correct v6.image; docker images lists what is there.",
                    e);
        }
    }

    private static List<Port> exposed(InspectImageResponse image) {
        ContainerConfig config = image.getConfig();
        ExposedPort[] exposed = config == null ? null : config.getExposedPorts();
        List<Port> ports = new ArrayList<>();
        for (ExposedPort port : exposed == null ? new ExposedPort[0] : exposed) {
            switch (port.getProtocol()) {
                case TCP -> ports.add(new Port(port.getPort(), Protocol.TCP));
                case UDP -> ports.add(new Port(port.getPort(), Protocol.UDP));
                default -> {} // SCTP: nothing that the JDK can try
            }
        }
        Collections.sort(ports);
        return ports;
    }

    /** The service's own image if it has Java, for then nothing else need be there; else the witness's. */
    private HelperImage helperImage(Service service, InspectImageResponse image) throws EngineException {
        Optional<String> own = java(image);
        if (own.isPresent() && image.getId() != null) {
            return new HelperImage(image.getId(), own.get());
        }
        try {
            InspectImageResponse witness =
                    client.inspectImageCmd(service.witnessImage()).exec();
            return new HelperImage(service.witnessImage(), java(witness).orElse("java"));
        } catch (NotFoundException e) {
            throw new EngineException(
                    "The image " + service.image() + " has no Java of its own, and the Docker Engine has no image '"
                            + service.witnessImage() + "' to run the witness from. Pull it (docker pull "
                            + service.witnessImage() + ") or name an image with Java 17 or newer that is there with"
                            + " -Dv6.witnessImage=NAME.",
                    e);
        }
    }

    /** The path of the image's JVM, told from its entrypoint, JAVA_HOME and PATH, for there may be no shell to ask. */
    private static Optional<String> java(InspectImageResponse image) {
        ContainerConfig config = image.getConfig();
        if (config == null) {
            return Optional.empty();
        }
        String[] entrypoint = config.getEntrypoint();
        if (entrypoint != null && entrypoint.length > 0) {
            String first = entrypoint[0];
            if (first.equals("java") || first.endsWith("/java")) {
                return Optional.of(first);
            }
        }
        String[] environment = config.getEnv() == null ? new String[0] : config.getEnv();
        return Arrays.stream(environment)
                .filter(e -> e.startsWith("JAVA_HOME="))
                .map(e -> e.substring("JAVA_HOME=".length()) + "/bin/java")
                .findFirst();
    }

    @Override
    public void close() {
        headStart.await();
        access.close();
    }

    /**
     * Where helpers get their JVM.
     *
     * @param image name or id
     * @param java the JVM's path in it
     */
    record HelperImage(String image, String java) {

        HelperContainer.Plan plan(String name, String network, Map<String, String> labels) {
            return new HelperContainer.Plan(image, java, name, network, labels);
        }
    }
}
