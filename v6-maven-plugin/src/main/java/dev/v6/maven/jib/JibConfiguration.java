// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.jib;

import java.nio.file.Path;
import java.util.Locale;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/** The user's configuration of Jib, and what v6 adds to it: our extension, a name where none is, files of our own. */
final class JibConfiguration {
    private static final String EXTENSION = "dev.v6.maven.jib.V6Extension";

    private final Xpp3Dom root;

    /**
     * Starts from what the user says.
     *
     * @param user a copy that may be changed
     */
    JibConfiguration(Xpp3Dom user) {
        root = user;
    }

    Xpp3Dom dom() {
        return root;
    }

    /** Our extension, once, whether the user names it or not. */
    void addExtension(boolean fix, String agent) {
        Xpp3Dom extensions = child(root, "pluginExtensions");
        Xpp3Dom ours = null;
        for (Xpp3Dom extension : extensions.getChildren()) {
            Xpp3Dom implementation = extension.getChild("implementation");
            if (implementation != null
                    && implementation.getValue() != null
                    && EXTENSION.equals(implementation.getValue().trim())) {
                ours = extension;
            }
        }
        if (ours == null) {
            ours = new Xpp3Dom("pluginExtension");
            extensions.addChild(ours);
            child(ours, "implementation").setValue(EXTENSION);
        }
        Xpp3Dom properties = child(ours, "properties");
        if (properties.getChild("v6.fix") == null) {
            child(properties, "v6.fix").setValue(String.valueOf(fix));
        }
        if (properties.getChild("v6.agent") == null && !agent.isEmpty()) {
            child(properties, "v6.agent").setValue(agent);
        }
    }

    /** A name for the image, where the user gives none. */
    void nameImage(String name) {
        child(child(root, "to"), "image").setValue(name);
    }

    /**
     * Files apart from those of the user's own Jib goals: a POM that also binds {@code jib:buildTar} would see its
     * archive overwritten.
     */
    void writeTo(Path folder) {
        Xpp3Dom paths = new Xpp3Dom("outputPaths");
        for (Output output : Output.values()) {
            child(paths, output.element).setValue(folder.resolve(output.file).toString());
        }
        for (int i = root.getChildCount() - 1; i >= 0; i--) {
            if (root.getChild(i).getName().equals(paths.getName())) {
                root.removeChild(i);
            }
        }
        root.addChild(paths);
    }

    void allowInsecureRegistries() {
        child(root, "allowInsecureRegistries").setValue("true");
    }

    boolean says(String element) {
        return root.getChild(element) != null;
    }

    /** Jib's {@code <dockerClient><executable>}, or the empty string. */
    String dockerExecutable() {
        Xpp3Dom client = root.getChild("dockerClient");
        Xpp3Dom executable = client == null ? null : client.getChild("executable");
        return executable == null || executable.getValue() == null ? "" : executable.getValue();
    }

    /** A name that every engine takes: lower case, and nothing but letters, digits, dots, underscores and hyphens. */
    static String defaultName(MavenProject project) {
        return clean(project.getArtifactId()) + ":" + clean(project.getVersion());
    }

    private static String clean(String text) {
        String name = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]", "-");
        // Separators may stand neither at an end nor in rows of several kinds.
        return name.replaceAll("[._-]*([._-])", "$1").replaceAll("^[._-]+|[._-]+$", "");
    }

    private static Xpp3Dom child(Xpp3Dom parent, String name) {
        Xpp3Dom child = parent.getChild(name);
        if (child == null) {
            child = new Xpp3Dom(name);
            parent.addChild(child);
        }
        return child;
    }

    /** What Jib leaves behind. */
    enum Output {
        TAR("tar", "image.tar"),
        DIGEST("digest", "image.digest"),
        ID("imageId", "image.id"),
        JSON("imageJson", "image.json");

        final String element;
        final String file;

        Output(String element, String file) {
            this.element = element;
            this.file = file;
        }
    }
}
