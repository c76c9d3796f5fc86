// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.jib;

import static org.twdata.maven.mojoexecutor.MojoExecutor.executeMojo;
import static org.twdata.maven.mojoexecutor.MojoExecutor.executionEnvironment;

import dev.v6.maven.jib.JibConfiguration.Output;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.Exclusion;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.BuildPluginManager;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * Runs the project's own jib-maven-plugin, in its version and with its configuration, and with v6's extension added.
 */
public final class JibBuild {
    private static final String GROUP = "dev.v6";

    private final MavenProject project;
    private final MavenSession session;
    private final BuildPluginManager plugins;
    private final Log log;

    /**
     * For one project.
     *
     * @param project whose image is made
     * @param session the running Maven
     * @param plugins what runs Jib
     * @param log where it says what it does
     */
    public JibBuild(MavenProject project, MavenSession session, BuildPluginManager plugins, Log log) {
        this.project = project;
        this.session = session;
        this.plugins = plugins;
        this.log = log;
    }

    /** Where the image goes. */
    public enum Target {
        /** To the Docker engine, through its command line: {@code jib:dockerBuild}. */
        ENGINE("dockerBuild"),
        /** To an archive in {@code target/v6}: {@code jib:buildTar}. */
        TAR("buildTar");

        private final String goal;

        Target(String goal) {
            this.goal = goal;
        }
    }

    /**
     * Forgets the image of an earlier build, so that nobody takes it for this one's.
     *
     * @throws BakeException if {@code target/v6} cannot be written
     */
    public void forget() throws BakeException {
        try {
            BakedImage.forget(folder());
        } catch (IOException failed) {
            throw new BakeException(cannotWrite(failed), failed);
        }
    }

    /**
     * Makes the image and leaves its name and ID in {@code target/v6/image.properties}.
     *
     * @param target where it goes
     * @param fix whether {@code -Djava.net.preferIPv4Stack=true} is taken out
     * @param agent more arguments for the agent, may be empty
     * @return the image; empty if the project tells Jib to skip it
     * @throws BakeException if Jib cannot make it, or {@code target/v6} cannot be written
     */
    public Optional<BakedImage> run(Target target, boolean fix, String agent) throws BakeException {
        JibPlugin user = JibPlugin.of(project);
        JibSettings settings = JibSettings.of(project, session);
        String name = settings.targetImage();
        JibConfiguration configuration = new JibConfiguration(user.configuration());
        if (name == null) {
            name = JibConfiguration.defaultName(project);
            configuration.nameImage(name);
        }
        if (target == Target.ENGINE) {
            requireDockerCommand(configuration);
        }
        configuration.addExtension(fix, agent);
        configuration.writeTo(folder());
        allowLocalMirror(configuration, settings.baseImage());
        if (user.execution() != null) {
            log.info("Jib's configuration is that of its execution '" + user.execution() + "'.");
        }
        try {
            Files.deleteIfExists(output(Output.ID));
            Plugin jib = plugin(user);
            executeMojo(jib, target.goal + "#v6", configuration.dom(), executionEnvironment(project, session, plugins));
            return baked(name, target);
        } catch (MojoExecutionException failed) {
            throw JibTrouble.of(settings.baseImage(), version(user), failed);
        } catch (IOException failed) {
            throw new BakeException(cannotWrite(failed), failed);
        }
    }

    private Optional<BakedImage> baked(String name, Target target) throws IOException {
        if (!Files.exists(output(Output.ID))) {
            return Optional.empty();
        }
        BakedImage image = new BakedImage(
                name,
                text(Output.ID),
                text(Output.DIGEST),
                target == Target.TAR ? Optional.of(output(Output.TAR)) : Optional.empty());
        image.write(folder());
        return Optional.of(image);
    }

    private Plugin plugin(JibPlugin user) {
        Plugin plugin = new Plugin();
        plugin.setGroupId(JibPlugin.GROUP);
        plugin.setArtifactId(JibPlugin.ARTIFACT);
        plugin.setVersion(version(user));
        List<Dependency> dependencies = new ArrayList<>(user.dependencies());
        // What the extension needs and no more: neither an engine's client nor its libraries enter Jib's class loader.
        for (String artifact : List.of("v6-maven-plugin", "v6-runtime")) {
            boolean named = dependencies.stream()
                    .anyMatch(d -> GROUP.equals(d.getGroupId()) && artifact.equals(d.getArtifactId()));
            if (!named) {
                dependencies.add(alone(artifact));
            }
        }
        plugin.setDependencies(dependencies);
        return plugin;
    }

    private static String version(JibPlugin user) {
        String version = user.version();
        return version == null ? Versions.JIB : version;
    }

    private static Dependency alone(String artifact) {
        Exclusion everything = new Exclusion();
        everything.setGroupId("*");
        everything.setArtifactId("*");
        Dependency dependency = new Dependency();
        dependency.setGroupId(GROUP);
        dependency.setArtifactId(artifact);
        dependency.setVersion(Versions.V6);
        dependency.addExclusion(everything);
        return dependency;
    }

    private void allowLocalMirror(JibConfiguration configuration, @Nullable String baseImage) {
        Function<String, @Nullable String> properties = JibSettings.properties(project, session);
        if (configuration.says("allowInsecureRegistries")
                || properties.apply("jib.allowInsecureRegistries") != null
                || session.isOffline()) {
            return;
        }
        if (JibMirrors.read(System.getenv(), System.getProperty("jib.configDirectory"))
                .areLocalAndPlain(baseImage)) {
            log.info("The base image comes from this machine's own mirror, without TLS.");
            configuration.allowInsecureRegistries();
        }
    }

    private void requireDockerCommand(JibConfiguration configuration) throws BakeException {
        String named = JibSettings.properties(project, session).apply("jib.dockerClient.executable");
        if (named == null) {
            named = configuration.dockerExecutable();
        }
        if (named.isEmpty() && !onPath("docker", System.getenv().getOrDefault("PATH", ""))) {
            throw new BakeException(
                    "Jib hands the image to the engine through Docker's command line, and there is no docker command on"
                            + " the PATH. Install it (Debian: docker-cli or docker.io), name it with"
                            + " -Djib.dockerClient.executable=PATH, or verify in a process with -Dv6.engine=process.");
        }
    }

    static boolean onPath(String command, String path) {
        for (String folder : path.split(File.pathSeparator, -1)) {
            for (String name : List.of(command, command + ".exe")) {
                if (!folder.isBlank() && Files.isExecutable(Path.of(folder, name))) {
                    return true;
                }
            }
        }
        return false;
    }

    private Path folder() {
        return Path.of(project.getBuild().getDirectory(), "v6");
    }

    /** Where Jib wrote it: a {@code jib.outputPaths.*} property overrides what we configure. */
    private Path output(Output output) {
        String property = JibSettings.properties(project, session).apply("jib.outputPaths." + output.element);
        Path path = property == null ? folder().resolve(output.file) : Path.of(property);
        return project.getBasedir().toPath().resolve(path);
    }

    private String text(Output output) throws IOException {
        Path file = output(output);
        return Files.exists(file)
                ? Files.readString(file, StandardCharsets.UTF_8).trim()
                : "";
    }

    private String cannotWrite(IOException failed) {
        return "v6:build cannot write to " + folder() + ": " + failed + ". Make the folder writable.";
    }
}
