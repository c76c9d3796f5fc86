// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven;

import dev.v6.Nearest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.ConfigurationContainer;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/** Maven drops what it does not know without a word, and then the build verifies something else than was asked for. */
final class Misspelt {
    private static final String PREFIX = "v6.";

    private Misspelt() {}

    static void check(PluginDescriptor plugin, MavenProject project, MavenSession session, Log log)
            throws MojoFailureException {
        Set<String> elements = new TreeSet<>();
        Set<String> properties = new TreeSet<>();
        for (MojoDescriptor mojo : plugin.getMojos()) {
            mojo.getParameterMap().forEach((name, parameter) -> {
                elements.add(name);
                String expression = String.valueOf(parameter.getExpression());
                if (expression.startsWith("${" + PREFIX)) {
                    properties.add(expression.substring(2, expression.length() - 1));
                }
            });
        }
        for (String name : session.getUserProperties().stringPropertyNames()) {
            property(name, properties, "-D" + name);
            if (name.startsWith(PREFIX) && !properties.contains(name)) {
                log.warn("-D" + name + " is no parameter of v6 and does nothing here. There are: "
                        + String.join(", ", properties));
            }
        }
        for (String name : project.getProperties().stringPropertyNames()) {
            property(name, properties, "The property " + name);
        }
        Plugin used = project.getPlugin(plugin.getPluginLookupKey());
        if (used != null) {
            configuration(used, elements);
            for (ConfigurationContainer execution : List.copyOf(used.getExecutions())) {
                configuration(execution, elements);
            }
        }
    }

    /** Only what is near a name of ours: a project may well have a property v6.version for its own use. */
    private static void property(String name, Set<String> known, String shown) throws MojoFailureException {
        if (name.startsWith(PREFIX) && !known.contains(name)) {
            String nearest = Nearest.of(name, known);
            if (nearest != null) {
                throw new MojoFailureException(
                        shown + " is no parameter of v6. Write " + nearest + ", if that is what you mean.");
            }
        }
    }

    private static void configuration(ConfigurationContainer container, Set<String> known) throws MojoFailureException {
        if (container.getConfiguration() instanceof Xpp3Dom configuration) {
            for (Xpp3Dom child : configuration.getChildren()) {
                if (!known.contains(child.getName())) {
                    throw new MojoFailureException("<" + child.getName()
                            + "> in the configuration of v6-maven-plugin is no parameter. "
                            + Nearest.hint(child.getName(), known) + " There are: " + String.join(", ", known) + ".");
                }
            }
        }
    }
}
