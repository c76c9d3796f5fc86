// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.jib;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.ContainerBuildPlan;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.LayerObject;
import com.google.cloud.tools.jib.api.buildplan.Port;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts the agent into a plan: a layer, a flag, labels. Doing it twice is doing it once. */
final class AgentInPlan {
    static final String LAYER = "v6 agent";
    static final String IN_IMAGE = "/v6/agent.jar";
    static final String VERSION_LABEL = "dev.v6.version";
    static final String PORTS_LABEL = "dev.v6.ports";
    static final String TOOL_OPTIONS = "JAVA_TOOL_OPTIONS";

    /** {@link AgentFile#boot}. */
    static final String BOOT_IN_IMAGE = "/v6/boot.jar";

    private static final String ANYWHERE = "-javaagent:";

    /**
     * The same agent for a JVM that has all modules: it then keeps the module graph that the JDK has ready (-Xshare), and the
     * service starts some 25 ms sooner. Without java.instrument it would not start at all.
     */
    private static final String WITH_ALL_MODULES = "-agentlib:instrument=";

    private AgentInPlan() {}

    /**
     * The plan with the agent in it.
     *
     * @param plan Jib's plan
     * @param agentJar the agent on this machine
     * @param bootJar what has it come from the boot class path, on this machine
     * @param version what the label says
     * @param arguments for the agent, besides the ports; may be empty
     * @return a new plan, or the same instance if all of it is there already
     */
    static ContainerBuildPlan add(
            ContainerBuildPlan plan, Path agentJar, Path bootJar, String version, String arguments) {
        String flag = flag(plan, arguments);
        List<String> entrypoint = entrypoint(plan, flag);
        Map<String, String> environment = environment(plan, flag);
        Map<String, String> labels = labels(plan, version);
        boolean layered = plan.getLayers().stream().anyMatch(layer -> LAYER.equals(layer.getName()));
        if (layered
                && Objects.equals(entrypoint, plan.getEntrypoint())
                && environment.equals(plan.getEnvironment())
                && labels.equals(plan.getLabels())) {
            return plan;
        }
        return plan.toBuilder()
                .setLayers(layers(plan, agentJar, bootJar))
                .setEntrypoint(entrypoint)
                .setEnvironment(environment)
                .setLabels(labels)
                .build();
    }

    /** Whether the agent has to come through the environment, since the plan's entrypoint takes no JVM flag. */
    static boolean throughEnvironment(ContainerBuildPlan plan) {
        @Nullable List<String> entrypoint = plan.getEntrypoint();
        return entrypoint == null || !JvmFlags.startsJava(entrypoint);
    }

    private static @Nullable List<String> entrypoint(ContainerBuildPlan plan, String flag) {
        @Nullable List<String> entrypoint = plan.getEntrypoint();
        if (entrypoint == null || throughEnvironment(plan)) {
            return entrypoint;
        }
        List<String> with = new ArrayList<>(entrypoint);
        with.removeIf(AgentInPlan::isAgent);
        with.add(1, flag);
        return with;
    }

    private static Map<String, String> environment(ContainerBuildPlan plan, String flag) {
        Map<String, String> environment = plan.getEnvironment();
        if (!throughEnvironment(plan)) {
            return environment;
        }
        String others =
                OptionText.of(environment.getOrDefault(TOOL_OPTIONS, "")).without(AgentInPlan::isAgent);
        Map<String, String> with = new LinkedHashMap<>(environment);
        with.put(TOOL_OPTIONS, others.isEmpty() ? flag : others + " " + flag);
        return with;
    }

    private static Map<String, String> labels(ContainerBuildPlan plan, String version) {
        Map<String, String> labels = new LinkedHashMap<>(plan.getLabels());
        labels.put(VERSION_LABEL, version);
        String ports = plan.getExposedPorts().stream()
                .sorted(Comparator.comparingInt(Port::getPort).thenComparing(Port::getProtocol))
                .map(port -> port.getPort() + (isTcp(port) ? "" : "/" + port.getProtocol()))
                .collect(Collectors.joining(","));
        if (!ports.isEmpty()) {
            labels.put(PORTS_LABEL, ports);
        }
        return labels;
    }

    private static List<LayerObject> layers(ContainerBuildPlan plan, Path agentJar, Path bootJar) {
        List<LayerObject> layers = new ArrayList<>(plan.getLayers());
        layers.removeIf(layer -> LAYER.equals(layer.getName()));
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(LAYER);
        add(layer, agentJar, IN_IMAGE);
        add(layer, bootJar, BOOT_IN_IMAGE);
        layers.add(layer.build());
        return layers;
    }

    private static void add(FileEntriesLayer.Builder layer, Path file, String inImage) {
        // A fixed time, so that two builds of one commit give the same image.
        layer.addEntry(
                file,
                AbsoluteUnixPath.get(inImage),
                FilePermissions.fromOctalString("644"),
                FileEntriesLayer.DEFAULT_MODIFICATION_TIME);
    }

    private static String flag(ContainerBuildPlan plan, String arguments) {
        List<Integer> ports = plan.getExposedPorts().stream()
                .filter(AgentInPlan::isTcp)
                .map(Port::getPort)
                .sorted()
                .toList();
        @Nullable List<String> entrypoint = plan.getEntrypoint();
        boolean allModules = entrypoint != null && JvmFlags.withAllModules(entrypoint, plan.getEnvironment());
        // An archive of the service's own classes is made for one boot class path, and refused with another.
        boolean boot = allModules && !JvmFlags.ownArchive(entrypoint, plan.getEnvironment());
        return (allModules ? WITH_ALL_MODULES : ANYWHERE)
                + words(
                        boot ? BOOT_IN_IMAGE : IN_IMAGE,
                        ports.stream().map(String::valueOf).toList(),
                        arguments);
    }

    /** {@code -javaagent} with the ports that it is to check and whatever else it is told. */
    static String flag(String jar, List<String> ports, String arguments) {
        return ANYWHERE + words(jar, ports, arguments);
    }

    private static String words(String jar, List<String> ports, String arguments) {
        String named = ports.isEmpty() ? "" : "ports=" + String.join("+", ports);
        String all = named + (named.isEmpty() || arguments.isEmpty() ? "" : ",") + arguments;
        return jar + (all.isEmpty() ? "" : "=" + all);
    }

    private static boolean isTcp(Port port) {
        return "tcp".equals(port.getProtocol());
    }

    private static boolean isAgent(String word) {
        for (String start : List.of(ANYWHERE, WITH_ALL_MODULES)) {
            for (String jar : List.of(IN_IMAGE, BOOT_IN_IMAGE)) {
                if (word.equals(start + jar) || word.startsWith(start + jar + "=")) {
                    return true;
                }
            }
        }
        return false;
    }
}
