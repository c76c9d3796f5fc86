// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * A service in a network as a container sees it, with nothing of v6 but the packaged agent. Everything that it is made of
 * lies in one directory that anybody may read.
 */
final class AgentService implements AutoCloseable {
    private static final Path JAR = Path.of(System.getProperty("v6.agentJar"));

    private final ChildJvm child;
    private final Path errors;

    private AgentService(ChildJvm child, Path errors) {
        this.child = child;
        this.errors = errors;
    }

    /** Where {@link #start} looks for the agent and the service. */
    static Path pack(Path directory) throws IOException {
        Path place = Files.createDirectories(directory.resolve("place"));
        Files.copy(JAR, place.resolve("agent.jar"), StandardCopyOption.REPLACE_EXISTING);
        Manifest boot = new Manifest();
        boot.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        boot.getMainAttributes().putValue("Premain-Class", "dev.v6.agent.Entry");
        boot.getMainAttributes().putValue("Boot-Class-Path", "agent.jar");
        new JarOutputStream(Files.newOutputStream(place.resolve("boot.jar")), boot).close();
        String classFile = JdkResolvingChild.class.getName().replace('.', '/') + ".class";
        Path copy = place.resolve(classFile);
        Files.createDirectories(copy.getParent());
        try (var in = JdkResolvingChild.class.getClassLoader().getResourceAsStream(classFile)) {
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
        }
        for (Path each = directory; !each.equals(each.getRoot()); each = each.getParent()) {
            if (each.startsWith(System.getProperty("java.io.tmpdir"))) {
                Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
        return place;
    }

    /**
     * Starts it.
     *
     * @param before words before the JVM's command, such as a wrapper's
     * @param java the JVM
     * @param options of the JVM
     */
    static AgentService start(ContainerNetwork network, Path place, List<String> before, String java, String... options)
            throws IOException {
        Path errors = place.resolveSibling("stderr" + System.nanoTime());
        List<String> command = new ArrayList<>(before);
        command.add(java);
        command.addAll(Arrays.asList(options));
        command.addAll(List.of("-cp", place.toString(), JdkResolvingChild.class.getName()));
        ProcessBuilder builder = ChildJvm.builder();
        return new AgentService(
                ChildJvm.start(
                        builder.command(network.container.inside(command)).redirectError(errors.toFile())),
                errors);
    }

    String asks(String verb, String name) throws IOException {
        child.tell(verb + " " + name);
        return child.line().split(" ", 3)[2];
    }

    String looks(String name) throws IOException {
        return asks("look", name);
    }

    /** What it and all within it said on standard error until now. */
    String said() throws IOException {
        return Files.readString(errors);
    }

    /** Waits until it has said something; what it said by then. */
    String says(String word) throws IOException, InterruptedException {
        for (int i = 0; i < 3000 && !said().contains(word); i++) {
            assertThat(child.runsFor(Duration.ofMillis(20)))
                    .as("runs, having said: " + said())
                    .isTrue();
        }
        assertThat(said()).contains(word);
        return said();
    }

    ChildJvm jvm() {
        return child;
    }

    @Override
    public void close() {
        child.close();
    }
}
