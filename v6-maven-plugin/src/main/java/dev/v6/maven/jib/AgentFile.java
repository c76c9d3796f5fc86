// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.jib;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The agent, which this plugin's jar carries, as a file of the project's build. */
public final class AgentFile {
    private static final String AGENT = "/META-INF/v6/agent.jar";

    private AgentFile() {}

    /**
     * Copies the agent to {@code v6/agent.jar}. Jib looks at its time to know whether it has changed: so it is written only
     * when it has.
     *
     * @param buildDirectory usually {@code target}
     * @return where it is
     * @throws IOException if it cannot be written, or is not in the plugin's jar
     */
    public static Path in(Path buildDirectory) throws IOException {
        Path to = buildDirectory.resolve("v6").resolve("agent.jar");
        try (InputStream jar = AgentFile.class.getResourceAsStream(AGENT)) {
            if (jar == null) {
                throw new FileNotFoundException("the agent is not in v6-maven-plugin's jar (" + AGENT
                        + "). Use the plugin's jar as it is published, or build it with mvn package.");
            }
            byte[] content = jar.readAllBytes();
            if (!Files.exists(to) || !Arrays.equals(Files.readAllBytes(to), content)) {
                Files.createDirectories(to.getParent());
                Files.write(to, content);
            }
            return to;
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
