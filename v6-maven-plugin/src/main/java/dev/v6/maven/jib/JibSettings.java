// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.jib;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.PluginParameterExpressionEvaluator;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.component.configurator.expression.ExpressionEvaluationException;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/**
 * What a project tells Jib about the container, as Jib itself would understand it: the jib-maven-plugin's configuration
 * in the POM, overridden by {@code jib.*} properties of the command line, the POM and the system, in this order.
 *
 * @param baseImage {@code from.image}; null where Jib picks its default
 * @param targetImage {@code to.image}
 * @param mainClass {@code container.mainClass}; null where Jib looks for it
 * @param jvmFlags {@code container.jvmFlags}
 * @param args {@code container.args}
 * @param environment {@code container.environment}
 * @param ports {@code container.ports} as written: {@code 8080}, {@code 8080/udp}, {@code 8000-8010}
 */
public record JibSettings(
        @Nullable String baseImage,
        @Nullable String targetImage,
        @Nullable String mainClass,
        List<String> jvmFlags,
        List<String> args,
        Map<String, String> environment,
        List<String> ports) {

    /**
     * Copies what it is given.
     *
     * @param baseImage see above
     * @param targetImage see above
     * @param mainClass see above
     * @param jvmFlags see above
     * @param args see above
     * @param environment see above
     * @param ports see above
     */
    public JibSettings {
        jvmFlags = List.copyOf(jvmFlags);
        args = List.copyOf(args);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        ports = List.copyOf(ports);
    }

    /**
     * Reads a project's settings.
     *
     * @param project the project that Jib would bake
     * @param session for properties and for expressions that Maven resolves only when a goal runs
     * @return what is set, the rest null or empty
     */
    public static JibSettings of(MavenProject project, MavenSession session) {
        return read(JibPlugin.of(project).configuration(), expressions(session), properties(project, session));
    }

    static JibSettings read(
            Xpp3Dom configuration, UnaryOperator<String> expressions, Function<String, @Nullable String> properties) {
        return new Reader(configuration, expressions, properties).settings();
    }

    /** Jib's own order: the command line, then the POM, then the system. */
    static Function<String, @Nullable String> properties(MavenProject project, MavenSession session) {
        List<Properties> sources =
                List.of(session.getUserProperties(), project.getProperties(), session.getSystemProperties());
        return name -> {
            for (Properties source : sources) {
                String value = source.getProperty(name);
                if (value != null) {
                    return value;
                }
            }
            return null;
        };
    }

    private static UnaryOperator<String> expressions(MavenSession session) {
        PluginParameterExpressionEvaluator evaluator = new PluginParameterExpressionEvaluator(session);
        return text -> {
            try {
                Object value = evaluator.evaluate(text);
                return value == null ? text : value.toString();
            } catch (ExpressionEvaluationException notAnExpression) {
                return text;
            }
        };
    }

    private record Reader(
            Xpp3Dom root, UnaryOperator<String> expressions, Function<String, @Nullable String> properties) {

        JibSettings settings() {
            String image = properties.apply("image");
            return new JibSettings(
                    text("from", "image"),
                    image != null ? image : text("to", "image"),
                    text("container", "mainClass"),
                    list("jvmFlags"),
                    list("args"),
                    map("environment"),
                    list("ports"));
        }

        private @Nullable String text(String part, String name) {
            String property = properties.apply("jib." + part + "." + name);
            if (property != null) {
                return property;
            }
            Xpp3Dom parent = root.getChild(part);
            Xpp3Dom node = parent == null ? null : parent.getChild(name);
            if (node == null && parent != null && part.equals("to")) {
                // Jib's short form: <to>NAME</to>.
                node = parent;
            }
            return node == null ? null : value(node);
        }

        private List<String> list(String name) {
            String property = properties.apply("jib.container." + name);
            if (property != null) {
                return split(property);
            }
            List<String> values = new ArrayList<>();
            Xpp3Dom node = node(name);
            if (node == null) {
                return values;
            }
            for (Xpp3Dom child : node.getChildren()) {
                String value = value(child);
                if (value != null) {
                    values.add(value);
                }
            }
            String inOne = node.getChildCount() == 0 ? value(node) : null;
            if (inOne != null) {
                for (String value : inOne.split(",", -1)) {
                    values.add(value.trim());
                }
            }
            return values;
        }

        private Map<String, String> map(String name) {
            Map<String, String> values = new LinkedHashMap<>();
            String property = properties.apply("jib.container." + name);
            if (property != null) {
                for (String pair : split(property)) {
                    int equals = pair.indexOf('=');
                    if (equals > 0) {
                        values.put(pair.substring(0, equals), pair.substring(equals + 1));
                    }
                }
                return values;
            }
            Xpp3Dom node = node(name);
            if (node != null) {
                for (Xpp3Dom child : node.getChildren()) {
                    String value = value(child);
                    values.put(child.getName(), value == null ? "" : value);
                }
            }
            return values;
        }

        private @Nullable Xpp3Dom node(String name) {
            Xpp3Dom container = root.getChild("container");
            return container == null ? null : container.getChild(name);
        }

        private @Nullable String value(Xpp3Dom node) {
            String text = node.getValue();
            return text == null || text.isBlank() ? null : expressions.apply(text.trim());
        }

        /** As Jib splits a property: at commas, unless a backslash stands before. */
        private static List<String> split(String property) {
            List<String> parts = new ArrayList<>();
            for (String part : property.split("(?<!\\\\),", -1)) {
                parts.add(part.replace("\\,", ","));
            }
            return parts;
        }
    }
}
