// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be run and tried.
 *
 * @param image the image, null where there is none
 * @param command what the container runs instead of its own, empty for its own
 * @param environment variables; {@code {8080}} in a value stands for the number that the port has where it really runs
 * @param ports the ports to try, empty for those that the image exposes
 * @param network {@code dual-stack}, {@code ipv4-only}, {@code ipv6-only} or the name of a network that is there
 * @param witnessImage an image with Java 17 or newer, to run the witness from where the service's own has none
 * @param program what the process engine runs, null where the project has no main class
 */
public record Service(
        @Nullable String image,
        List<String> command,
        Map<String, String> environment,
        List<Port> ports,
        String network,
        String witnessImage,
        @Nullable Program program) {

    /** A network made for the run, with both families. */
    public static final String DUAL_STACK = "dual-stack";
    /** A network made for the run, with IPv4 alone. */
    public static final String IPV4_ONLY = "ipv4-only";
    /** A network made for the run, with IPv6 alone; Docker 28 and newer. */
    public static final String IPV6_ONLY = "ipv6-only";

    /**
     * A program on the class path.
     *
     * @param java the JVM's executable
     * @param flags the JVM's flags
     * @param classPath the runtime class path
     * @param mainClass the class with {@code main}
     * @param arguments for {@code main}
     * @param directory to run in
     * @param agent v6's agent, null for none
     */
    public record Program(
            Path java,
            List<String> flags,
            List<Path> classPath,
            String mainClass,
            List<String> arguments,
            Path directory,
            @Nullable Agent agent) {}

    /**
     * v6's agent, as it would be in an image.
     *
     * @param jar where it is
     * @param arguments besides the ports
     */
    public record Agent(Path jar, String arguments) {}
}
