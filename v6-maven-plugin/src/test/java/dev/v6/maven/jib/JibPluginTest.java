// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.jib;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.PluginManagement;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;

class JibPluginTest {

    @Test
    void withoutJibInThePomNothingIsSaid() {
        JibPlugin plugin = JibPlugin.of(new MavenProject(new Model()));

        assertThat(plugin.version()).isNull();
        assertThat(plugin.dependencies()).isEmpty();
        assertThat(plugin.configuration().getChildCount()).isZero();
    }

    @Test
    void thePluginsOwnConfigurationIsTaken() throws Exception {
        JibPlugin plugin = JibPlugin.of(project("""
                <version>3.4.0</version>
                <dependencies><dependency><groupId>g</groupId><artifactId>a</artifactId></dependency></dependencies>
                <configuration><to><image>shop</image></to></configuration>
                """));

        assertThat(plugin.version()).isEqualTo("3.4.0");
        assertThat(plugin.dependencies()).hasSize(1);
        assertThat(image(plugin)).isEqualTo("shop");
        assertThat(plugin.execution()).isNull();
    }

    @Test
    void anExecutionThatBakesWinsOverThePlugin() throws Exception {
        JibPlugin plugin = JibPlugin.of(project("""
                <configuration><to><image>shop</image></to></configuration>
                <executions>
                  <execution><id>other</id><goals><goal>_skaffold-init</goal></goals>
                    <configuration><to><image>no</image></to></configuration></execution>
                  <execution><id>tar</id><goals><goal>buildTar</goal></goals>
                    <configuration><to><image>from-tar</image></to></configuration></execution>
                  <execution><id>push</id><goals><goal>build</goal></goals>
                    <configuration><to><image>from-push</image></to></configuration></execution>
                </executions>
                """));

        assertThat(image(plugin)).isEqualTo("from-push");
        assertThat(plugin.execution()).isEqualTo("push");
    }

    @Test
    void whatIsSaidForTheCommandLineCounts() throws Exception {
        JibPlugin plugin = JibPlugin.of(project("""
                <executions><execution><id>default-cli</id>
                  <configuration><to><image>cli</image></to></configuration></execution></executions>
                """));

        assertThat(image(plugin)).isEqualTo("cli");
    }

    @Test
    void pluginManagementCountsWhereTheBuildDoesNotNameJib() throws Exception {
        MavenProject project = project("<version>3.4.1</version>");
        Build build = project.getBuild();
        MavenProject managed = new MavenProject(new Model());
        managed.getModel().setBuild(new Build());
        managed.getModel().getBuild().setPluginManagement(new PluginManagement());
        managed.getModel()
                .getBuild()
                .getPluginManagement()
                .addPlugin(build.getPlugins().get(0));

        assertThat(JibPlugin.of(managed).version()).isEqualTo("3.4.1");
    }

    @Test
    void thePomIsNotTouched() throws Exception {
        MavenProject project = project("<configuration><to><image>shop</image></to></configuration>");

        JibPlugin.of(project).configuration().removeChild(0);

        assertThat(image(JibPlugin.of(project))).isEqualTo("shop");
    }

    private static String image(JibPlugin plugin) {
        return plugin.configuration().getChild("to").getChild("image").getValue();
    }

    private static MavenProject project(String inside) throws Exception {
        String pom = "<project><build><plugins><plugin><groupId>com.google.cloud.tools</groupId>"
                + "<artifactId>jib-maven-plugin</artifactId>" + inside + "</plugin></plugins></build></project>";
        return new MavenProject(new MavenXpp3Reader().read(new StringReader(pom)));
    }
}
