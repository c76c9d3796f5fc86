// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.jib;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The agent, which this plugin's jar carries, as a file of the project's build. */
public final class AgentFile {
    private static final String AGENT = "/META-INF/v6/agent.jar";

    private AgentFile() {}

    /**
     * Copies the agent to {@code v6/agent.jar}, and puts {@link #boot} beside it. Jib looks at a file's time to know whether it
     * has changed: so it is written only when it has.
     *
     * @param buildDirectory usually {@code target}
     * @return where it is
     * @throws IOException if it cannot be written, or is not in the plugin's jar
     */
    public static Path in(Path buildDirectory) throws IOException {
        try (InputStream jar = AgentFile.class.getResourceAsStream(AGENT)) {
            if (jar == null) {
                throw new FileNotFoundException("the agent is not in v6-maven-plugin's jar (" + AGENT
                        + "). Use the plugin's jar as it is published, or build it with mvn package.");
            }
            Path to = buildDirectory.resolve("v6").resolve("agent.jar");
            write(to, jar.readAllBytes());
            write(boot(to), bootJar());
            return to;
        }
    }

    /**
     * A jar without a class, which has the JVM take those of the agent.jar beside it from the boot class path
     * (java.lang.instrument, Boot-Class-Path): there the JVM reads them itself, without the JDK's classes for jars and without
     * verifying them.
     *
     * @param agentJar as {@link #in} gives it
     * @return where that is
     */
    static Path boot(Path agentJar) {
        return agentJar.resolveSibling("boot.jar");
    }

    private static byte[] bootJar() throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (ZipOutputStream jar = new ZipOutputStream(content)) {
            ZipEntry manifest = new ZipEntry(JarFile.MANIFEST_NAME);
            manifest.setTimeLocal(LocalDateTime.of(1980, 2, 1, 0, 0)); // always the same, for the image to be
            jar.putNextEntry(manifest);
            jar.write("""
                    Manifest-Version: 1.0
                    Premain-Class: dev.v6.agent.Entry
                    Boot-Class-Path: agent.jar
                    """.getBytes(StandardCharsets.US_ASCII));
        }
        return content.toByteArray();
    }

    private static void write(Path to, byte[] content) throws IOException {
        if (!Files.exists(to) || !Arrays.equals(Files.readAllBytes(to), content)) {
            Files.createDirectories(to.getParent());
            Files.write(to, content);
        }
    }

    /**
     * The JVM's flag for it.
     *
     * @param jar where it is
     * @param ports that the agent is to check
     * @param arguments besides
     * @return {@code -javaagent:…}
     */
    public static String flag(Path jar, List<String> ports, String arguments) {
        return AgentInPlan.flag(jar.toString(), ports, arguments);
    }
}
