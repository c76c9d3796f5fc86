// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jars, and what of them is loaded where there is no Spring. */
@Timeout(120)
class JarContentIT {
    private static final Path PLAIN = Path.of(AgentJar.PATH.toString().replace("-agent.jar", ".jar"));

    @TempDir
    Path directory;

    /** It is on the class path of applications that have v6-runtime, too: the same auto-configuration twice would not do. */
    @Test
    void nothingOfSpringIsInTheAgent() throws IOException {
        assertThat(names(AgentJar.PATH))
                .contains("dev/v6/agent/own/check/SelfCheck.class")
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).contains("spring") || name.contains("micrometer"));
        assertThat(names(PLAIN))
                .contains(
                        "dev/v6/spring/SelfCheckAutoConfiguration.class",
                        "META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports",
                        "META-INF/spring-configuration-metadata.json");
    }

    @Test
    void onAClassPathWithoutSpringTheCheckRuns() throws Exception {
        assertChecks("-cp", withNetty(), Main.class.getName());
    }

    @Test
    void asAModuleWithoutSpringTheCheckRuns() throws Exception {
        assertChecks("-p", withNetty(), "-m", "dev.v6.runtime/" + Main.class.getName());
    }

    private void assertChecks(String... jvm) throws IOException, InterruptedException {
        Path loaded = directory.resolve("classes");
        try (ServerSocket service = new ServerSocket(0, 8, InetAddress.getByName("127.0.0.1"))) {
            List<String> command = new ArrayList<>(List.of(ChildJvm.java(), "-Xlog:class+load=info:file=" + loaded));
            command.addAll(Arrays.asList(jvm));
            command.addAll(List.of("check", "--port", String.valueOf(service.getLocalPort())));

            CommandLine run =
                    AgentJar.finish(ChildJvm.builder().command(command).start());

            assertThat(run.out()).contains("V6-401");
            List<String> classes = Files.readAllLines(loaded);
            assertThat(classes).anyMatch(line -> line.contains("dev.v6.check.SelfCheck"));
            assertThat(classes.stream()
                            .filter(line -> line.contains("dev.v6.spring") || line.contains("springframework")))
                    .isEmpty();
        }
    }

    /** The plain jar and what it depends on. */
    private static String withNetty() {
        return PLAIN
                + File.pathSeparator
                + Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(jar -> Path.of(jar).getFileName().toString().startsWith("netty-"))
                        .filter(jar -> !jar.contains("native"))
                        .collect(Collectors.joining(File.pathSeparator));
    }

    private static List<String> names(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream().map(ZipEntry::getName).toList();
        }
    }
}
