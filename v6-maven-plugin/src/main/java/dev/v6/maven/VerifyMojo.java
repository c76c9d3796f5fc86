// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven;

import dev.v6.maven.engine.DockerEngine;
import dev.v6.maven.engine.DockerUnavailableException;
import dev.v6.maven.engine.Engine;
import dev.v6.maven.engine.EngineException;
import dev.v6.maven.engine.ProcessEngine;
import dev.v6.maven.report.ConsoleReport;
import dev.v6.maven.report.JsonReport;
import dev.v6.maven.verify.Limits;
import dev.v6.maven.verify.Result;
import dev.v6.maven.verify.Verdict;
import dev.v6.maven.verify.Verification;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.project.MavenProject;
import org.apache.maven.shared.utils.logging.MessageUtils;
import org.jspecify.annotations.Nullable;

/**
 * Runs the service for real, tries its ports over IPv4 and IPv6 from every vantage that exists, and fails the build
 * unless both families reach it natively. What is wrong is said with its cause and its remedy.
 */
@Mojo(
        name = "verify",
        defaultPhase = LifecyclePhase.VERIFY,
        requiresDependencyResolution = ResolutionScope.RUNTIME,
        requiresProject = false,
        threadSafe = true)
public final class VerifyMojo extends AbstractMojo {

    /** The image to verify, Java or not, instead of the one that v6:build baked. It must be in the engine. */
    @Parameter(property = "v6.image")
    private @Nullable String image;

    /** What the container runs instead of its own entrypoint and command; quotes keep words together. */
    @Parameter(property = "v6.command")
    private @Nullable String command;

    /** The ports to try, as 8080,9090/udp. Default: those that the image exposes, or that jib's configuration names. */
    @Parameter(property = "v6.ports")
    private @Nullable String ports;

    /**
     * Environment variables for the service, as NAME=value separated by commas or line feeds; a comma in a value is
     * written \,. In a value {8080} stands for the number that port 8080 has where the service really runs: 8080 in a
     * container, a free one in the process engine.
     */
    @Parameter(property = "v6.env")
    private @Nullable String env;

    /** What runs the service: docker, process, or auto: docker where an engine answers, else process. */
    @Parameter(property = "v6.engine", defaultValue = "auto")
    private String engine = "auto";

    /**
     * The container's network: dual-stack, ipv4-only or ipv6-only for one made for the run, or the name of one that is
     * there. With ipv6-only, IPv4 is not required.
     */
    @Parameter(property = "v6.network", defaultValue = "dual-stack")
    private String network = "dual-stack";

    /** How long to wait for the service to listen on its ports: 60s, 500ms, 2m. */
    @Parameter(property = "v6.startupTimeout", defaultValue = "60s")
    private String startupTimeout = "60s";

    /** How long each cell of the matrix may take to answer once the service listens: 5s, 500ms. */
    @Parameter(property = "v6.cellTimeout", defaultValue = "5s")
    private String cellTimeout = "5s";

    /** Where report.json goes. */
    @Parameter(property = "v6.reportDirectory", defaultValue = "${project.build.directory}/v6")
    private File reportDirectory = new File("target/v6");

    /** Leaves the goal without doing anything. */
    @Parameter(property = "v6.skip", defaultValue = "false")
    private boolean skip;

    /**
     * An image with Java 17 or newer to run the witness and the neighbour from, where the service's own image has no
     * Java. Default: the base image in jib's configuration, or eclipse-temurin:17-jre.
     */
    @Parameter(property = "v6.witnessImage")
    private @Nullable String witnessImage;

    /** The class that the process engine runs. Default: jib's container.mainClass, or the only one with a main method. */
    @Parameter(property = "v6.mainClass")
    private @Nullable String mainClass;

    /**
     * Arguments for the agent, with which the process engine then runs the class: {@code fix=true,bridge=auto}. An image has
     * its agent from v6:build.
     */
    @Parameter(property = "v6.agent")
    private @Nullable String agent;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private MavenProject project = new MavenProject();

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private @Nullable MavenSession session;

    @Parameter(defaultValue = "${plugin}", readonly = true, required = true)
    private PluginDescriptor plugin = new PluginDescriptor();

    /** For Maven. */
    public VerifyMojo() {}

    @Override
    public void execute() throws MojoFailureException {
        if (session == null) {
            throw new IllegalStateException("no session");
        }
        Misspelt.check(plugin, project, session, getLog());
        if (skip) {
            getLog().info("v6:verify is skipped (v6.skip).");
            return;
        }
        if (image == null && project.getPackaging().equals("pom") && project.getFile() != null) {
            getLog().info("v6:verify has nothing to run in a project with packaging pom.");
            return;
        }
        Path report = reports().resolve("report.json");
        try {
            Files.deleteIfExists(report); // an old verdict must not outlive a run that came to none
            Result result = verify(session);
            Files.createDirectories(report.getParent());
            Files.writeString(report, JsonReport.write(result));
            ConsoleReport.lines(result, colour()).forEach(getLog()::info);
            getLog().info("Report: " + report);
            if (result.verdict() != Verdict.READY) {
                throw new MojoFailureException(ConsoleReport.failure(result));
            }
        } catch (DockerUnavailableException | EngineException | IllegalArgumentException e) {
            throw new MojoFailureException(e.getMessage(), e);
        } catch (IOException e) {
            throw new MojoFailureException(
                    "The report cannot be written to " + report + " (" + e + "). Make the directory writable, or name"
                            + " another with v6.reportDirectory.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MojoFailureException("v6:verify was interrupted. Run it again.", e);
        }
    }

    /** In a folder without a POM Maven leaves the expression in the default as it is. */
    private Path reports() {
        return reportDirectory.getPath().contains("${") ? Path.of("target", "v6") : reportDirectory.toPath();
    }

    private Result verify(MavenSession current) throws IOException, InterruptedException {
        Settings settings = new Settings(
                image, command, ports, env, network, startupTimeout, cellTimeout, witnessImage, mainClass, agent);
        Limits limits = settings.limits();
        EngineChoice choice = EngineChoice.parse(engine);
        try (DockerEngine docker = choice.docker(image, getLog())) {
            Engine chosen = docker == null ? new ProcessEngine() : docker;
            return Verification.run(chosen, settings.service(chosen, project, current), limits, getLog()::info);
        }
    }

    /** Maven's own decision: none where the output is piped, with -B, or with -Dstyle.color=never. */
    private static boolean colour() {
        try {
            return MessageUtils.isColorEnabled();
        } catch (LinkageError otherMaven) {
            return false;
        }
    }
}
