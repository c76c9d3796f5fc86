// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.jib;

import com.google.cloud.tools.jib.api.buildplan.ContainerBuildPlan;
import com.google.cloud.tools.jib.maven.extension.JibMavenPluginExtension;
import com.google.cloud.tools.jib.maven.extension.MavenData;
import com.google.cloud.tools.jib.plugins.extension.ExtensionLogger;
import com.google.cloud.tools.jib.plugins.extension.ExtensionLogger.LogLevel;
import com.google.cloud.tools.jib.plugins.extension.JibPluginExtensionException;
import dev.v6.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Bakes v6's agent into an image that Jib makes: the jar in a layer of its own, a flag in the entrypoint,
 * labels that say so. {@code v6:build} adds it by itself; those who run Jib's own goals name it:
 *
 * <pre>{@code
 * <plugin>
 *   <groupId>com.google.cloud.tools</groupId>
 *   <artifactId>jib-maven-plugin</artifactId>
 *   <dependencies>
 *     <dependency>
 *       <groupId>dev.v6</groupId>
 *       <artifactId>v6-maven-plugin</artifactId>
 *       <version>VERSION</version>
 *     </dependency>
 *   </dependencies>
 *   <configuration>
 *     <pluginExtensions>
 *       <pluginExtension>
 *         <implementation>dev.v6.maven.jib.V6Extension</implementation>
 *         <properties>
 *           <v6.fix>true</v6.fix>
 *         </properties>
 *       </pluginExtension>
 *     </pluginExtensions>
 *   </configuration>
 * </plugin>
 * }</pre>
 *
 * <p>Properties, each also on the command line or in the POM: {@code v6.fix=true} takes
 * {@code -Djava.net.preferIPv4Stack=true} out of the image instead of warning of it; {@code v6.agent} has
 * more arguments for the agent, such as {@code fix=true,bridge=auto}; {@code v6.skip=true} leaves the image alone.
 */
public final class V6Extension implements JibMavenPluginExtension<Void> {
    /** Made by Jib, through {@link java.util.ServiceLoader}. */
    public V6Extension() {}

    @Override
    public Optional<Class<Void>> getExtraConfigType() {
        return Optional.empty();
    }

    @Override
    public ContainerBuildPlan extendContainerBuildPlan(
            ContainerBuildPlan plan,
            Map<String, String> properties,
            Optional<Void> nothing,
            MavenData maven,
            ExtensionLogger logger)
            throws JibPluginExtensionException {
        if (isTrue("v6.skip", properties, maven)) {
            logger.log(LogLevel.LIFECYCLE, "v6 leaves the image alone, as v6.skip is true.");
            return plan;
        }
        ContainerBuildPlan mended = mend(plan, isTrue("v6.fix", properties, maven), logger);
        String arguments = said("v6.agent", properties, maven);
        Path agent = agent(maven);
        ContainerBuildPlan extended = AgentInPlan.add(
                mended, agent, AgentFile.boot(agent), Versions.V6, arguments == null ? "" : arguments.strip());
        if (extended != mended && AgentInPlan.throughEnvironment(mended)) {
            logger.log(
                    LogLevel.LIFECYCLE,
                    "v6: the image's entrypoint "
                            + (mended.getEntrypoint() == null ? "is the base image's" : "does not begin with java")
                            + ", so the agent is set through " + AgentInPlan.TOOL_OPTIONS
                            + "; one that the base image sets is replaced.");
        }
        return extended;
    }

    static ContainerBuildPlan mend(ContainerBuildPlan plan, boolean fix, ExtensionLogger logger) {
        @Nullable List<String> entrypoint = plan.getEntrypoint();
        List<String> command = entrypoint == null ? List.of() : entrypoint;
        Finding finding =
                JvmFlags.preferIpv4Stack(command, plan.getEnvironment()).orElse(null);
        if (finding == null) {
            return plan;
        }
        String title = finding.code().id() + " " + finding.code().title() + ": " + finding.evidence() + ". ";
        if (!fix) {
            logger.log(LogLevel.WARN, title + finding.remedy() + " Or let v6 take it out of the image: -Dv6.fix=true.");
            return plan;
        }
        logger.log(LogLevel.LIFECYCLE, title + "Taken out of the image, as v6.fix is true.");
        return plan.toBuilder()
                .setEntrypoint(entrypoint == null ? null : JvmFlags.without(entrypoint))
                .setEnvironment(JvmFlags.without(plan.getEnvironment()))
                .build();
    }

    private static boolean isTrue(String name, Map<String, String> properties, MavenData maven) {
        return Boolean.parseBoolean(said(name, properties, maven));
    }

    private static @Nullable String said(String name, Map<String, String> properties, MavenData maven) {
        @Nullable String value = properties.get(name);
        for (Properties source : List.of(
                maven.getMavenSession().getUserProperties(),
                maven.getMavenProject().getProperties())) {
            value = value == null ? source.getProperty(name) : value;
        }
        return value;
    }

    private static Path agent(MavenData maven) throws JibPluginExtensionException {
        Path build = Path.of(maven.getMavenProject().getBuild().getDirectory());
        try {
            return AgentFile.in(build);
        } catch (IOException failed) {
            throw new JibPluginExtensionException(
                    V6Extension.class,
                    "the agent cannot be written to " + build.resolve("v6") + ": " + failed.getMessage()
                            + ". Make the folder writable.",
                    failed);
        }
    }
}
