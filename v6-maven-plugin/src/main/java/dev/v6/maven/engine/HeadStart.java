// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Network;
import com.github.dockerjava.core.DockerClientConfig;
import java.time.Duration;
import java.util.List;

/**
 * Loads, while the engine is being asked whether it is there, what the first calls to it need: a JVM that has just
 * started takes longer to load the client's classes than the engine takes to answer.
 */
final class HeadStart {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Thread thread = DockerRun.daemon(HeadStart::load);

    private HeadStart() {}

    /** Begins, on a thread of its own, and has no effect but on time. */
    static HeadStart begin() {
        HeadStart begun = new HeadStart();
        begun.thread.start();
        return begun;
    }

    /** To be called before the goal ends: then Maven closes the class loader, under whoever still loads from it. */
    void await() {
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void load() {
        ObjectMapper mapper = DockerClientConfig.getDefaultObjectMapper();
        try {
            for (Class<?> answer : List.of(InspectImageResponse.class, Network.class, InspectContainerResponse.class)) {
                mapper.readValue("{}", answer);
            }
            mapper.writeValueAsString(HostConfig.newHostConfig());
            HelperContainer.agent();
        } catch (JsonProcessingException | RuntimeException | LinkageError later) {
            // Who needs it meets the same, and says so.
        }
    }
}
