// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.jib;

import java.util.ArrayList;
import java.util.List;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.model.PluginManagement;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/**
 * What a project's POM says of its jib-maven-plugin.
 *
 * @param version null where the POM names none
 * @param dependencies what is added to Jib's class path, extensions for example
 * @param execution the id of the execution that the configuration is taken from; null if it is the plugin's own
 * @param configuration a copy, empty where there is none
 */
record JibPlugin(
        @Nullable String version,
        List<Dependency> dependencies,
        @Nullable String execution,
        Xpp3Dom configuration) {
    static final String GROUP = "com.google.cloud.tools";
    static final String ARTIFACT = "jib-maven-plugin";

    /** Jib's goals that make an image; who has several means the first of these for the image that is run. */
    private static final List<String> GOALS = List.of("dockerBuild", "build", "buildTar");

    private static final String COMMAND_LINE = "default-cli";

    static JibPlugin of(MavenProject project) {
        String key = Plugin.constructKey(GROUP, ARTIFACT);
        Plugin plugin = project.getPlugin(key);
        PluginManagement managed = project.getPluginManagement();
        if (plugin == null && managed != null) {
            plugin = managed.getPluginsAsMap().get(key);
        }
        if (plugin == null) {
            return new JibPlugin(null, List.of(), null, new Xpp3Dom("configuration"));
        }
        // Maven has merged the plugin's configuration into each execution's already; a second time would double what
        // is marked with combine.children="append".
        PluginExecution execution = execution(plugin.getExecutions());
        Object said = execution != null ? execution.getConfiguration() : plugin.getConfiguration();
        return new JibPlugin(
                plugin.getVersion(),
                new ArrayList<>(plugin.getDependencies()),
                execution != null ? execution.getId() : null,
                said instanceof Xpp3Dom dom ? new Xpp3Dom(dom) : new Xpp3Dom("configuration"));
    }

    private static @Nullable PluginExecution execution(List<PluginExecution> executions) {
        for (String goal : GOALS) {
            for (PluginExecution execution : executions) {
                if (execution.getGoals().contains(goal)) {
                    return execution;
                }
            }
        }
        for (PluginExecution execution : executions) {
            if (COMMAND_LINE.equals(execution.getId())) {
                return execution;
            }
        }
        return null;
    }
}
