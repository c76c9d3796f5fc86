// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.HostConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.output.OutputFrame.OutputType;
import org.testcontainers.containers.startupcheck.StartupCheckStrategy;
import org.testcontainers.images.builder.ImageFromDockerfile;

/** The agent jar where a service has next to nothing: no shell, no root, nothing to write to, little memory. */
@RequiresDocker
class AgentInContainerIT {
    private static final long MEMORY = 128L << 20;
    private static final List<String> IMAGES = new ArrayList<>();

    @AfterAll
    static void removeImages() {
        for (String image : IMAGES) {
            DockerClientFactory.instance()
                    .client()
                    .removeImageCmd(image)
                    .withForce(true)
                    .exec();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "21", "25"})
    void checksWithoutShellAndRoot(String jre) {
        try (GenericContainer<?> container = agent(jre, List.of("check", "--port", "8080", "--json"))) {
            container.start();

            assertThat(container.getLogs(OutputType.STDOUT)).contains("\"code\":\"V6-404\"", "8080");
            assertThat(container.getLogs(OutputType.STDERR)).isEmpty();
            assertThat(container.getCurrentContainerInfo().getState().getExitCodeLong())
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "21", "25"})
    void probesWithoutShellAndRoot(String jre) {
        try (GenericContainer<?> container = agent(jre, List.of("probe", "localhost", "8080"))) {
            container.start();

            assertThat(container.getLogs(OutputType.STDOUT)).contains("refused       127.0.0.1:8080", "[::1]:8080");
            assertThat(container.getCurrentContainerInfo().getState().getExitCodeLong())
                    .isEqualTo(1);
        }
    }

    private static GenericContainer<?> agent(String jre, List<String> words) {
        ImageFromDockerfile image = new ImageFromDockerfile()
                .withFileFromClasspath("agent.jar", HelperContainer.AGENT)
                .withDockerfileFromBuilder(file -> file.from("eclipse-temurin:" + jre + "-jre")
                        .copy("agent.jar", "/v6-agent.jar")
                        .run("rm", "-f", "/bin/sh", "/bin/bash", "/bin/dash", "/usr/bin/sh", "/usr/bin/bash")
                        .build());
        IMAGES.add(image.get());
        String[] command = words.toArray(new String[0]);
        return new GenericContainer<>(image)
                .withCommand(command)
                .withStartupCheckStrategy(new Ended())
                .withCreateContainerCmdModifier(create -> {
                    HostConfig limits = Objects.requireNonNull(create.getHostConfig());
                    limits.withReadonlyRootfs(true).withMemory(MEMORY);
                    create.withEntrypoint("java", "-jar", "/v6-agent.jar").withUser("65534:65534");
                });
    }

    /** Whatever its exit code is: that is what the test asks about. */
    private static final class Ended extends StartupCheckStrategy {
        @Override
        public StartupStatus checkStartupState(com.github.dockerjava.api.DockerClient client, String id) {
            return Boolean.TRUE.equals(getCurrentState(client, id).getRunning())
                    ? StartupStatus.NOT_YET_KNOWN
                    : StartupStatus.SUCCESSFUL;
        }
    }
}
