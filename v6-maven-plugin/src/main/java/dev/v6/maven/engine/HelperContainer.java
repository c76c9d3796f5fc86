// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A container that runs the agent jar: the witness, the neighbour, or a prober on the engine's host. The jar is copied
 * in, so any image with Java will do, and what it prints is always of this plugin's own version.
 */
final class HelperContainer {
    static final String AGENT = "META-INF/v6/agent.jar";

    private static final String JAR = "v6-agent.jar";
    private static final int KEPT_LINES = 20;

    private final DockerClient client;
    private final String id;
    private final List<String> java;
    private final Deque<String> words = new ArrayDeque<>();

    private volatile boolean silent;

    private HelperContainer(DockerClient client, String id, List<String> java) {
        this.client = client;
        this.id = id;
        this.java = java;
    }

    /**
     * What a helper is made of.
     *
     * @param image an image with Java
     * @param java the path of its JVM
     * @param name the container's name
     * @param network a network's name, {@code host}, or {@code container:ID}
     * @param labels for every thing of the run
     */
    record Plan(String image, String java, String name, String network, Map<String, String> labels) {}

    /** Makes it; {@code made} is told of its id before anything else can go wrong. */
    static HelperContainer create(DockerClient client, Plan plan, List<String> arguments, Consumer<String> made) {
        // A JVM that lives for seconds: no time for the optimising compiler, no need of many threads.
        List<String> java = List.of(
                plan.java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx64m", "-jar", "/" + JAR);
        List<String> command = new ArrayList<>(java);
        command.addAll(arguments);
        String id = client.createContainerCmd(plan.image)
                .withName(plan.name)
                .withLabels(plan.labels)
                .withEntrypoint(command)
                .withCmd(List.of())
                .withStdinOpen(true)
                // What the image sets for the service's JVM is not meant for this one.
                .withEnv(List.of("JAVA_TOOL_OPTIONS=", "JDK_JAVA_OPTIONS=", "_JAVA_OPTIONS="))
                .withHostConfig(HostConfig.newHostConfig().withNetworkMode(plan.network))
                .exec()
                .getId();
        made.accept(id);
        HelperContainer helper = new HelperContainer(client, id, java);
        client.copyArchiveToContainerCmd(id)
                .withRemotePath("/")
                .withTarInputStream(agent())
                .exec();
        return helper;
    }

    /** The archive with the agent jar, read once. */
    static InputStream agent() {
        return new ByteArrayInputStream(AgentTar.BYTES);
    }

    /** Waits for its end. */
    int exitCode() {
        return client.waitContainerCmd(id).start().awaitStatusCode();
    }

    /** Starts it and reads what it prints from the first byte. */
    void start(AgentReport report) throws InterruptedException {
        client.attachContainerCmd(id)
                .withStdOut(true)
                .withStdErr(true)
                .withFollowStream(true)
                .exec(new Lines(report))
                .awaitStarted();
        client.startContainerCmd(id).exec();
    }

    /** Gives {@code probe --stdin} its targets; after the last ones it ends when all have answered. */
    void tell(List<Aim> aims, boolean last) throws InterruptedException {
        StringBuilder lines = new StringBuilder();
        for (Aim aim : aims) {
            lines.append(aim.where()).append('\n');
        }
        if (last) {
            lines.append('\n');
        }
        client.attachContainerCmd(id)
                .withStdIn(new ByteArrayInputStream(lines.toString().getBytes(StandardCharsets.US_ASCII)))
                .withFollowStream(true)
                .exec(new ResultCallback.Adapter<>())
                .awaitStarted();
    }

    /** Runs the agent once more in this container, and reads what that prints. */
    ResultCallback.Adapter<Frame> exec(List<String> arguments, AgentReport report) {
        List<String> command = new ArrayList<>(java);
        command.addAll(arguments);
        String exec = client.execCreateCmd(id)
                .withCmd(command.toArray(new String[0]))
                .withAttachStdout(true)
                .withAttachStderr(true)
                .exec()
                .getId();
        return client.execStartCmd(exec).exec(new Lines(report));
    }

    /** Whether it has ended, or cannot be heard any more; asks the engine, and so throws if that is what has ended. */
    boolean ended() {
        return silent
                && !Boolean.TRUE.equals(
                        client.inspectContainerCmd(id).exec().getState().getRunning());
    }

    /** What it said apart from its report: why a JVM did not start, for example. */
    String words() {
        synchronized (words) {
            return String.join("\n", words);
        }
    }

    private final class Lines extends ResultCallback.Adapter<Frame> {
        private final AgentReport report;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        Lines(AgentReport report) {
            this.report = report;
        }

        @Override
        public void onNext(Frame frame) {
            for (byte b : frame.getPayload()) {
                if (b == '\n') {
                    said(line.toString(StandardCharsets.UTF_8));
                    line.reset();
                } else {
                    line.write(b);
                }
            }
        }

        private void said(String text) {
            if (!report.take(text)) {
                synchronized (words) {
                    if (words.size() == KEPT_LINES) {
                        words.removeFirst();
                    }
                    words.addLast(text);
                }
            }
        }

        @Override
        public void onComplete() {
            silent = true;
            super.onComplete();
        }

        @Override
        public void onError(Throwable gone) {
            // The container was removed, or the engine died; who waits for its report finds out by asking the engine.
            onComplete();
        }
    }

    /** The agent jar as the engine takes files: read once for all helpers of all runs of this JVM. */
    private static final class AgentTar {
        static final byte[] BYTES = tar();

        private static byte[] tar() {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (InputStream jar = HelperContainer.class.getClassLoader().getResourceAsStream(AGENT);
                    TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
                if (jar == null) {
                    throw new IOException(
                            AGENT + " is missing from v6-maven-plugin. Build the plugin with mvn package.");
                }
                byte[] content = jar.readAllBytes();
                TarArchiveEntry entry = new TarArchiveEntry(JAR);
                entry.setSize(content.length);
                entry.setMode(0100644); // a regular file that every user may read
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return bytes.toByteArray();
        }
    }
}
