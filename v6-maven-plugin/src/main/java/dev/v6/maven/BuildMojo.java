// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven;

import dev.v6.Nearest;
import dev.v6.maven.engine.DockerAccess;
import dev.v6.maven.engine.DockerUnavailableException;
import dev.v6.maven.jib.BakeException;
import dev.v6.maven.jib.BakedImage;
import dev.v6.maven.jib.JibBuild;
import dev.v6.maven.jib.JibBuild.Target;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.BuildPluginManager;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * Bakes the project's image with its own jib-maven-plugin, in the version and with the configuration that the POM
 * gives it, and puts v6's agent into it: a layer of its own, a flag in the entrypoint, labels that say so.
 * Nothing is pushed: the image goes to the local Docker engine, or to an archive in {@code target/v6}.
 */
@Mojo(
        name = "build",
        defaultPhase = LifecyclePhase.PACKAGE,
        requiresDependencyResolution = ResolutionScope.RUNTIME,
        threadSafe = true)
@SuppressWarnings("NullAway.Init") // Maven sets the fields.
public final class BuildMojo extends AbstractMojo {

    /** Does nothing. */
    @Parameter(property = "v6.skip", defaultValue = "false")
    private boolean skip;

    /**
     * What will run the service: {@code docker}, {@code process} (a JVM on this machine, which needs no image), or
     * {@code auto}: docker where an engine answers, else process.
     */
    @Parameter(property = "v6.engine", defaultValue = "auto")
    private String engine;

    /**
     * What is made: {@code docker} (an image in the Docker engine; fails where none answers), {@code tar} (an archive,
     * {@code target/v6/image.tar}; needs no engine), or {@code auto}: docker where an engine answers, else nothing.
     */
    @Parameter(property = "v6.build", defaultValue = "auto")
    private String build;

    /**
     * Takes {@code -Djava.net.preferIPv4Stack=true} out of the image's JVM flags and environment. Otherwise it is only
     * warned of.
     */
    @Parameter(property = "v6.fix", defaultValue = "false")
    private boolean fix;

    /**
     * More arguments for the agent in the image, besides the ports that the image exposes: {@code check=fail},
     * {@code fix=true,bridge=auto}.
     */
    @Parameter(property = "v6.agent")
    private @Nullable String agent;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private MavenProject project;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private MavenSession session;

    @Parameter(defaultValue = "${plugin}", readonly = true, required = true)
    private PluginDescriptor plugin;

    private final BuildPluginManager plugins;

    /**
     * For Maven, which also sets the fields.
     *
     * @param plugins what runs Jib
     */
    @Inject
    public BuildMojo(BuildPluginManager plugins) {
        this.plugins = plugins;
    }

    @Override
    public void execute() throws MojoFailureException {
        Misspelt.check(plugin, project, session, getLog());
        oneOf("v6.engine", engine, List.of("auto", "docker", "process"));
        oneOf("v6.build", build, List.of("auto", "docker", "tar"));
        if (skip) {
            getLog().info("Not baked: v6.skip is true.");
            return;
        }
        if ("pom".equals(project.getPackaging())) {
            getLog().info("Not baked: a project with packaging pom has no service.");
            return;
        }
        try {
            bake(new JibBuild(project, session, plugins, getLog()));
        } catch (BakeException | DockerUnavailableException told) {
            // Maven adds the message of every cause to ours; who wants them says -e.
            boolean all = session.getRequest().isShowErrors();
            throw all ? new MojoFailureException(told.getMessage(), told) : new MojoFailureException(told.getMessage());
        }
    }

    private void bake(JibBuild jib) throws BakeException, DockerUnavailableException {
        jib.forget();
        if (build.equals("tar")) {
            report(jib.run(Target.TAR, fix, arguments()));
        } else if (build.equals("auto") && engine.equals("process")) {
            getLog().info("Not baked: v6.engine is process, which runs the project's classes.");
        } else if (engineAnswers()) {
            report(jib.run(Target.ENGINE, fix, arguments()));
        }
    }

    private String arguments() {
        return agent == null ? "" : agent.strip();
    }

    /** Whether the engine is there; it must be if the user asked for it. */
    private boolean engineAnswers() throws DockerUnavailableException {
        try {
            DockerAccess.open().close();
            return true;
        } catch (DockerUnavailableException unavailable) {
            if (build.equals("docker") || engine.equals("docker")) {
                throw unavailable;
            }
            getLog().info("Not baked: " + unavailable.getMessage());
            getLog().info("v6:verify will run the project's classes in a process.");
            return false;
        }
    }

    private void report(Optional<BakedImage> image) {
        image.ifPresentOrElse(
                baked -> getLog().info("Baked " + baked.name() + " (" + baked.id() + ")"
                        + baked.tar().map(tar -> " into " + tar).orElse("") + "."),
                () -> getLog().info("Not baked: Jib is told to skip this project."));
    }

    private static void oneOf(String property, String value, List<String> words) throws MojoFailureException {
        if (!words.contains(value)) {
            String nearest = Nearest.of(value, words);
            throw new MojoFailureException(
                    property + " is '" + value + "', which is none of " + String.join(", ", words) + ". Write "
                            + (nearest == null ? "one of them." : nearest + ", if that is what you mean."));
        }
    }
}
