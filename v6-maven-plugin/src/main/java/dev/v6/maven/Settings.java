// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven;

import dev.v6.maven.engine.Engine;
import dev.v6.maven.engine.EngineException;
import dev.v6.maven.engine.Port;
import dev.v6.maven.engine.ProcessEngine;
import dev.v6.maven.engine.Service;
import dev.v6.maven.jib.AgentFile;
import dev.v6.maven.jib.BakedImage;
import dev.v6.maven.jib.JibSettings;
import dev.v6.maven.verify.Limits;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.maven.artifact.DependencyResolutionRequiredException;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.cli.CommandLineUtils;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of v6:verify as people write them, and what they mean. The names are those of {@link VerifyMojo}.
 */
record Settings(
        @Nullable String image,
        @Nullable String command,
        @Nullable String ports,
        @Nullable String env,
        String network,
        String startupTimeout,
        String cellTimeout,
        @Nullable String witnessImage,
        @Nullable String mainClass,
        @Nullable String agent) {

    private static final String WITNESS_IMAGE = "eclipse-temurin:17-jre";
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|)");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]*");

    Limits limits() {
        return new Limits(duration("v6.startupTimeout", startupTimeout), duration("v6.cellTimeout", cellTimeout));
    }

    Service service(Engine engine, MavenProject project, MavenSession session) throws EngineException {
        boolean process = engine instanceof ProcessEngine;
        JibSettings jib = JibSettings.of(project, session);
        Map<String, String> environment = new LinkedHashMap<>(process ? jib.environment() : Map.of());
        environment.putAll(variables());
        String baseImage = jib.baseImage() == null ? WITNESS_IMAGE : jib.baseImage();
        return new Service(
                process ? null : image != null ? image : baked(project),
                words(),
                environment,
                ports(process, jib),
                network,
                witnessImage == null ? baseImage : witnessImage,
                process ? program(project, jib) : null);
    }

    private static @Nullable String baked(MavenProject project) throws EngineException {
        Path folder = Path.of(project.getBuild().getDirectory(), "v6");
        try {
            return BakedImage.read(folder).map(BakedImage::name).orElse(null);
        } catch (IOException e) {
            throw new EngineException(
                    "What v6:build left in " + folder + " cannot be read (" + e.getMessage() + "). Run v6:build again.",
                    e);
        }
    }

    private List<Port> ports(boolean process, JibSettings jib) throws EngineException {
        if (ports != null) {
            return Port.list(ports);
        }
        if (!process) {
            return List.of();
        }
        if (jib.ports().isEmpty()) {
            throw new EngineException("The project names no port of its service. Name it with -Dv6.ports=8080, or in"
                    + " jib's <container><ports>.");
        }
        return Port.list(String.join(",", jib.ports()));
    }

    List<String> words() {
        try {
            return command == null ? List.of() : List.of(CommandLineUtils.translateCommandline(command));
        } catch (Exception unbalanced) { // the library declares no narrower type
            throw new IllegalArgumentException(
                    "v6.command is '" + command + "', which has a quote without its partner. Add it, or remove both.",
                    unbalanced);
        }
    }

    Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        if (env == null || env.isBlank()) {
            return variables;
        }
        for (String part : env.split("(?<!\\\\),|\\R", -1)) {
            int equals = part.indexOf('=');
            String name = part.substring(0, Math.max(0, equals)).trim();
            if (part.isBlank()) {
                continue;
            }
            if (!VARIABLE.matcher(name).matches()) {
                throw new IllegalArgumentException("v6.env has '" + part.trim()
                        + "', which is no variable. Write NAME=value, several separated by commas, and a comma in a value"
                        + " as \\,.");
            }
            variables.put(name, part.substring(equals + 1).trim().replace("\\,", ","));
        }
        return variables;
    }

    private Service.@Nullable Program program(MavenProject project, JibSettings jib) throws EngineException {
        if (project.getFile() == null) {
            return null;
        }
        List<Path> classPath = new ArrayList<>();
        try {
            for (String element : project.getRuntimeClasspathElements()) {
                classPath.add(Path.of(element));
            }
        } catch (DependencyResolutionRequiredException e) {
            throw new EngineException(
                    "The project's class path is not resolved. Run v6:verify after the phase package: mvn verify.", e);
        }
        String main = mainClass != null ? mainClass : jib.mainClass();
        if (main == null) {
            main = MainClass.of(Path.of(project.getBuild().getOutputDirectory()), classPath);
        }
        if (main == null) {
            return null;
        }
        Path java = Path.of(System.getProperty("java.home"), "bin", File.separatorChar == '/' ? "java" : "java.exe");
        if (!Files.exists(Path.of(project.getBuild().getOutputDirectory()))) {
            throw new EngineException(
                    "The project is not compiled: " + project.getBuild().getOutputDirectory()
                            + " is not there. Run v6:verify after the phase package: mvn verify.");
        }
        return new Service.Program(
                java,
                jib.jvmFlags(),
                classPath,
                main,
                jib.args(),
                project.getBasedir().toPath(),
                agent(project));
    }

    private Service.@Nullable Agent agent(MavenProject project) throws EngineException {
        if (agent == null || agent.isBlank()) {
            return null;
        }
        Path build = Path.of(project.getBuild().getDirectory());
        try {
            return new Service.Agent(AgentFile.in(build), agent.strip());
        } catch (IOException e) {
            throw new EngineException(
                    "The agent cannot be written to " + build + ": " + e.getMessage() + ". Make the folder writable.",
                    e);
        }
    }

    static Duration duration(String name, String text) {
        Matcher matcher = DURATION.matcher(text.trim());
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
            throw new IllegalArgumentException(name + " is '" + text
                    + "', which is no time to wait. Write a number with ms, s or m: 500ms, 60s, 2m.");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofSeconds(number);
        };
    }
}
