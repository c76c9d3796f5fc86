// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.jib;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import org.apache.maven.plugin.MojoExecutionException;
import org.junit.jupiter.api.Test;

class JibTroubleTest {

    @Test
    void aRegistryThatIsNotFoundMeansTheBaseImageCannotBeHad() {
        MojoExecutionException jib = new MojoExecutionException(
                "no.example: Name or service not known", new UnknownHostException("no.example"));

        BakeException told = JibTrouble.of("no.example/base:1", "3.5.2", jib);

        assertThat(told)
                .hasCause(jib)
                .hasMessage(
                        "The base image no.example/base:1 cannot be had: no.example: Name or service not known. Correct"
                                + " <from><image> or the way to its registry, or take one that is here:"
                                + " -Djib.from.image=docker://NAME from your engine, or -Djib.from.image=tar://PATH from a"
                                + " file.");
    }

    @Test
    void anArchiveThatIsNotThereIsNamed() {
        assertThat(JibTrouble.of(
                        "tar:///base.tar",
                        "3.5.2",
                        new MojoExecutionException("/base.tar", new NoSuchFileException("/base.tar"))))
                .hasMessageStartingWith(
                        "The base image tar:///base.tar cannot be had: there is no file /base.tar. Correct");
    }

    @Test
    void classesThatAreNotThereAreNoBaseImage() {
        assertThat(JibTrouble.of(
                        "b",
                        "3.5.2",
                        new MojoExecutionException(
                                "Obtaining project build output files failed; make sure you have compiled your project",
                                new NoSuchFileException("/shop/target/classes"))))
                .hasMessage("The project is not compiled: there is no /shop/target/classes. Run mvn package, or name a"
                        + " phase before the goal: mvn compile v6:build.");
    }

    @Test
    void aJibThatIsTooOldIsToBeRaised() {
        assertThat(JibTrouble.of(
                        "b",
                        "2.0.0",
                        new MojoExecutionException("Unable to parse configuration of mojo"
                                + " com.google.cloud.tools:jib-maven-plugin:2.0.0:dockerBuild for parameter"
                                + " pluginExtensions: Cannot find 'pluginExtensions' in class")))
                .hasMessageStartingWith(
                        "jib-maven-plugin 2.0.0 knows no extensions, and v6 is one. Raise its <version> in"
                                + " the POM to 2.8.0 or newer");
    }

    @Test
    void withoutANamedBaseImageItIsJibsOwn() {
        assertThat(JibTrouble.of(
                        null,
                        "3.5.2",
                        new MojoExecutionException("Cannot run Jib in offline mode; x not found in local Jib cache")))
                .hasMessageStartingWith("Jib's default base image cannot be had: Cannot run Jib in offline mode");
    }

    @Test
    void theEnginesRefusalIsToldApart() {
        assertThat(JibTrouble.of(
                        "b",
                        "3.5.2",
                        new MojoExecutionException("'docker load' command failed with error: no space left")))
                .hasMessage("The engine did not take the image: 'docker load' command failed with error: no space left."
                        + " Check that it works (docker info) and has room left (docker system df).");
    }

    @Test
    void aPluginThatCannotBeHadIsNamedWithItsVersion() {
        class PluginResolutionException extends Exception {
            private static final long serialVersionUID = 1L;

            PluginResolutionException() {
                super("could not be resolved");
            }
        }

        assertThat(JibTrouble.of(
                        "b",
                        "9.9.9",
                        new MojoExecutionException("Unable to execute mojo", new PluginResolutionException())))
                .hasMessage(
                        "jib-maven-plugin 9.9.9 cannot be had: could not be resolved. Correct its <version> in the POM,"
                                + " or let Maven reach a repository that has it.");
    }

    @Test
    void jibsOwnAdviceIsPassedOn() {
        assertThat(JibTrouble.of(
                        "b",
                        "3.5.2",
                        new MojoExecutionException("Main class was not found, perhaps you should add a `mainClass`")))
                .hasMessage(
                        "Jib cannot bake the image: Main class was not found, perhaps you should add a `mainClass`.");
    }

    @Test
    void whatIsNotKnownIsQuotedWithAWayOn() {
        assertThat(JibTrouble.of("b", "3.5.2", new MojoExecutionException("odd.", new IOException("x"))))
                .hasMessage(
                        "Jib cannot bake the image: odd. Change the jib-maven-plugin's configuration in the POM; mvn"
                                + " jib:buildTar shows the same without v6.");
    }
}
