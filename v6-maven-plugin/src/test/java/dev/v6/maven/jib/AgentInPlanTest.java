// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.jib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.cloud.tools.jib.api.buildplan.ContainerBuildPlan;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FileEntry;
import com.google.cloud.tools.jib.api.buildplan.Port;
import com.google.cloud.tools.jib.plugins.extension.ExtensionLogger.LogLevel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AgentInPlanTest {
    private static final Path JAR = Path.of("target", "v6", "agent.jar");
    private static final Path BOOT = Path.of("target", "v6", "boot.jar");
    private static final String ON = "-Djava.net.preferIPv4Stack=true";

    private final List<String> log = new ArrayList<>();

    @Test
    void theAgentComesRightAfterJava() {
        ContainerBuildPlan plan = add(jibs().setExposedPorts(Set.of(Port.tcp(8443), Port.udp(5353), Port.tcp(8080))));

        assertThat(plan.getEntrypoint())
                .containsExactly(
                        "java",
                        "-agentlib:instrument=/v6/boot.jar=ports=8080+8443",
                        "-Xmx64m",
                        "-cp",
                        "@/app/jib-classpath-file",
                        "demo.Main");
        assertThat(plan.getLabels())
                .containsEntry("dev.v6.version", "1.2")
                .containsEntry("dev.v6.ports", "5353/udp,8080,8443");
        assertThat(plan.getEnvironment()).isEmpty();
    }

    @Test
    void whatElseTheAgentIsToldFollowsThePorts() {
        ContainerBuildPlan ports = AgentInPlan.add(
                jibs().setExposedPorts(Set.of(Port.tcp(8080))).build(), JAR, BOOT, "1.2", "fix=true,bridge=auto");
        ContainerBuildPlan none = AgentInPlan.add(jibs().build(), JAR, BOOT, "1.2", "check=fail");

        assertThat(ports.getEntrypoint()).contains("-agentlib:instrument=/v6/boot.jar=ports=8080,fix=true,bridge=auto");
        assertThat(none.getEntrypoint()).contains("-agentlib:instrument=/v6/boot.jar=check=fail");
    }

    @Test
    void whereAModuleMayBeMissingTheJvmIsToldToBringIt() {
        for (List<String> command : List.of(
                List.of("java", "-p", "/app/libs", "-m", "demo/demo.Main"),
                List.of("java", "--limit-modules=java.base", "-cp", "/app/classes", "demo.Main"),
                List.of("java", "@/app/flags", "-cp", "/app/classes", "demo.Main"))) {
            assertThat(add(jibs().setEntrypoint(command)).getEntrypoint())
                    .element(1)
                    .isEqualTo("-javaagent:/v6/agent.jar");
        }
        assertThat(add(jibs().addEnvironmentVariable("JDK_JAVA_OPTIONS", "--limit-modules java.base"))
                        .getEntrypoint())
                .element(1)
                .isEqualTo("-javaagent:/v6/agent.jar");
    }

    /** It is made for one boot class path, and JDK 17 refuses it with another, be that of a file that is not there. */
    @Test
    void anArchiveOfTheServicesClassesStaysOfUse() {
        List<String> archived =
                List.of("java", "-XX:SharedArchiveFile=/app/app.jsa", "-cp", "/app/classes", "demo.Main");

        assertThat(add(jibs().setEntrypoint(archived)).getEntrypoint())
                .element(1)
                .isEqualTo("-agentlib:instrument=/v6/agent.jar");
        assertThat(add(jibs().addEnvironmentVariable("JAVA_TOOL_OPTIONS", "-XX:AOTCache=/app/app.aot"))
                        .getEntrypoint())
                .element(1)
                .isEqualTo("-agentlib:instrument=/v6/agent.jar");
    }

    @Test
    void anAgentOfAnOlderImageGivesWay() {
        ContainerBuildPlan plan = add(jibs().setEntrypoint(
                        List.of("java", "-javaagent:/v6/agent.jar=ports=80", "-cp", "/app/classes", "demo.Main")));

        assertThat(plan.getEntrypoint())
                .containsExactly("java", "-agentlib:instrument=/v6/boot.jar", "-cp", "/app/classes", "demo.Main");
    }

    @Test
    void theAgentsLayerIsItsOwnAndAlwaysTheSame() {
        ContainerBuildPlan plan = add(jibs());

        assertThat(plan.getLayers()).hasSize(2);
        FileEntriesLayer layer = (FileEntriesLayer) plan.getLayers().get(1);
        assertThat(layer.getName()).isEqualTo("v6 agent");
        assertThat(layer.getEntries())
                .extracting(FileEntry::getSourceFile, entry -> entry.getExtractionPath()
                        .toString())
                .containsExactly(tuple(JAR, "/v6/agent.jar"), tuple(BOOT, "/v6/boot.jar"));
        assertThat(layer.getEntries()).allSatisfy(entry -> {
            assertThat(entry.getModificationTime()).isEqualTo(Instant.ofEpochSecond(1));
            assertThat(entry.getPermissions().toOctalString()).isEqualTo("644");
        });
    }

    @Test
    void withoutPortsTheAgentFindsThemItself() {
        ContainerBuildPlan plan = add(jibs());

        assertThat(plan.getEntrypoint()).contains("-agentlib:instrument=/v6/boot.jar");
        assertThat(plan.getLabels()).doesNotContainKey("dev.v6.ports");
    }

    @Test
    void anInheritedEntrypointTakesTheAgentFromTheEnvironment() {
        ContainerBuildPlan plan = add(jibs().setEntrypoint(null).addEnvironmentVariable("JAVA_TOOL_OPTIONS", "-ea"));

        assertThat(plan.getEntrypoint()).isNull();
        assertThat(plan.getEnvironment()).isEqualTo(Map.of("JAVA_TOOL_OPTIONS", "-ea -javaagent:/v6/agent.jar"));
    }

    @Test
    void aShellTakesTheAgentFromTheEnvironment() {
        List<String> shell = List.of("sh", "-c", "exec java -cp @/app/jib-classpath-file demo.Main");
        ContainerBuildPlan plan = add(jibs().setEntrypoint(shell).addExposedPort(Port.tcp(80)));

        assertThat(plan.getEntrypoint()).isEqualTo(shell);
        assertThat(plan.getEnvironment()).isEqualTo(Map.of("JAVA_TOOL_OPTIONS", "-javaagent:/v6/agent.jar=ports=80"));
    }

    @Test
    void twiceIsOnce() {
        for (ContainerBuildPlan.Builder builder :
                List.of(jibs().addExposedPort(Port.tcp(80)), jibs().setEntrypoint(null))) {
            ContainerBuildPlan once = add(builder);

            assertThat(AgentInPlan.add(once, JAR, BOOT, "1.2", "")).isSameAs(once);
        }
    }

    @Test
    void anAgentOfOtherPortsGivesWay() {
        ContainerBuildPlan once = add(jibs().addExposedPort(Port.tcp(80)));
        ContainerBuildPlan again =
                AgentInPlan.add(once.toBuilder().addExposedPort(Port.tcp(81)).build(), JAR, BOOT, "1.2", "");

        assertThat(again.getEntrypoint()).containsOnlyOnce("-agentlib:instrument=/v6/boot.jar=ports=80+81");
        assertThat(again.getEntrypoint()).doesNotContain("-agentlib:instrument=/v6/boot.jar=ports=80");
        assertThat(again.getLayers()).hasSize(2);
    }

    @Test
    void aPlanWithoutTheFlagIsLeftAlone() {
        ContainerBuildPlan plan = jibs().build();

        assertThat(mend(plan, true)).isSameAs(plan);
        assertThat(log).isEmpty();
    }

    @Test
    void theFlagIsWarnedOf() {
        ContainerBuildPlan plan = withFlag();

        assertThat(mend(plan, false)).isSameAs(plan);
        assertThat(log)
                .containsExactly("WARN V6-101 preferIPv4Stack is true: -Djava.net.preferIPv4Stack=true stands in the"
                        + " environment variable JAVA_TOOL_OPTIONS and in the entrypoint. Remove"
                        + " -Djava.net.preferIPv4Stack=true from the JVM's flags. Without it one socket serves both"
                        + " families. Or let v6 take it out of the image: -Dv6.fix=true.");
    }

    @Test
    void theFlagIsTakenOutWhereThatIsAskedFor() {
        ContainerBuildPlan mended = mend(withFlag(), true);

        assertThat(mended.getEntrypoint()).containsExactly("java", "demo.Main");
        assertThat(mended.getEnvironment()).isEqualTo(Map.of("JAVA_TOOL_OPTIONS", "-ea"));
        assertThat(log)
                .singleElement()
                .asString()
                .startsWith("LIFECYCLE V6-101")
                .contains("Taken out of the image");
    }

    private ContainerBuildPlan mend(ContainerBuildPlan plan, boolean fix) {
        return V6Extension.mend(plan, fix, (LogLevel level, String message) -> log.add(level + " " + message));
    }

    private static ContainerBuildPlan withFlag() {
        return ContainerBuildPlan.builder()
                .setEntrypoint(List.of("java", ON, "demo.Main"))
                .addEnvironmentVariable("JAVA_TOOL_OPTIONS", ON + " -ea")
                .build();
    }

    private static ContainerBuildPlan add(ContainerBuildPlan.Builder plan) {
        return AgentInPlan.add(plan.build(), JAR, BOOT, "1.2", "");
    }

    private static ContainerBuildPlan.Builder jibs() {
        return ContainerBuildPlan.builder()
                .addLayer(FileEntriesLayer.builder().setName("classes").build())
                .setEntrypoint(List.of("java", "-Xmx64m", "-cp", "@/app/jib-classpath-file", "demo.Main"));
    }
}
