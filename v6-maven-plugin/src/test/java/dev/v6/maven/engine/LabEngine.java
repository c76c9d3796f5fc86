// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One of the lab's engines.
 *
 * @param name 20, 20n, 26 or 28
 * @param host for DOCKER_HOST
 */
public record LabEngine(String name, String host) {

    /** Those that are up, as {@code .ci/lab env} exports them. */
    public static List<LabEngine> all() {
        List<LabEngine> engines = new ArrayList<>();
        String hosts = System.getenv().getOrDefault("V6_LAB_HOSTS", "");
        for (String pair : hosts.split(" ", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                engines.add(new LabEngine(pair.substring(0, equals), pair.substring(equals + 1)));
            }
        }
        return engines;
    }

    /** The one of this name; its absence is a failure, for a skipped engine proves nothing. */
    public static LabEngine named(String name) {
        return all().stream()
                .filter(engine -> engine.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The lab's engine " + name + " is not up. Run .ci/lab up "
                        + name + " and eval \"$(.ci/lab env " + name + ")\"."));
    }

    public DockerEngine open() throws DockerUnavailableException {
        return DockerEngine.of(DockerAccess.open(Map.of("DOCKER_HOST", host), Duration.ofSeconds(10)));
    }
}
