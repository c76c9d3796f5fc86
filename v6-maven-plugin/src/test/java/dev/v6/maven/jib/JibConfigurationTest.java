// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.jib;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Path;
import org.apache.maven.model.Model;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.junit.jupiter.api.Test;

class JibConfigurationTest {

    @Test
    void theExtensionIsAddedBesideTheUsers() throws Exception {
        JibConfiguration configuration = parse("""
                <configuration><pluginExtensions>
                  <pluginExtension><implementation>their.Extension</implementation></pluginExtension>
                </pluginExtensions></configuration>
                """);

        configuration.addExtension(true, "");

        Xpp3Dom extensions = configuration.dom().getChild("pluginExtensions");
        assertThat(extensions.getChildCount()).isEqualTo(2);
        assertThat(extensions.getChild(0).getChild("implementation").getValue()).isEqualTo("their.Extension");
        assertThat(extensions.getChild(1).getChild("implementation").getValue()).isEqualTo(V6Extension.class.getName());
        assertThat(extensions
                        .getChild(1)
                        .getChild("properties")
                        .getChild("v6.fix")
                        .getValue())
                .isEqualTo("true");
    }

    @Test
    void anExtensionThatTheUserNamesIsNotAddedAgain() throws Exception {
        JibConfiguration configuration = parse("""
                <configuration><pluginExtensions>
                  <pluginExtension><implementation> dev.v6.maven.jib.V6Extension </implementation>
                    <properties><v6.fix>false</v6.fix></properties></pluginExtension>
                </pluginExtensions></configuration>
                """);

        configuration.addExtension(true, "");

        Xpp3Dom extensions = configuration.dom().getChild("pluginExtensions");
        assertThat(extensions.getChildCount()).isOne();
        assertThat(extensions
                        .getChild(0)
                        .getChild("properties")
                        .getChild("v6.fix")
                        .getValue())
                .isEqualTo("false");
    }

    @Test
    void outputPathsOfTheUserGiveWay() throws Exception {
        JibConfiguration configuration =
                parse("<configuration><outputPaths><tar>mine.tar</tar></outputPaths></configuration>");

        configuration.writeTo(Path.of("target", "v6"));

        assertThat(configuration.dom().getChildren("outputPaths")).hasSize(1);
        assertThat(configuration.dom().getChild("outputPaths").getChild("tar").getValue())
                .isEqualTo(Path.of("target", "v6", "image.tar").toString());
    }

    @Test
    void theNameGoesWhereJibLooksForIt() throws Exception {
        JibConfiguration configuration = parse("<configuration><to><tags><tag>1</tag></tags></to></configuration>");

        configuration.nameImage("shop:1");

        assertThat(configuration.dom().getChild("to").getChild("image").getValue())
                .isEqualTo("shop:1");
        assertThat(configuration.dom().getChild("to").getChild("tags").getChildCount())
                .isOne();
    }

    @Test
    void theDefaultNameIsOneThatEnginesTake() {
        assertThat(defaultName("Shop", "1.0-SNAPSHOT")).isEqualTo("shop:1.0-snapshot");
        assertThat(defaultName("_shop..api-", "1.0+build 7")).isEqualTo("shop.api:1.0-build-7");
    }

    @Test
    void theDockerCommandIsReadWhereTheUserNamesIt() throws Exception {
        assertThat(parse("<configuration><dockerClient><executable>/d</executable></dockerClient></configuration>")
                        .dockerExecutable())
                .isEqualTo("/d");
        assertThat(parse("<configuration/>").dockerExecutable()).isEmpty();
    }

    private static String defaultName(String artifact, String version) {
        Model model = new Model();
        model.setArtifactId(artifact);
        model.setVersion(version);
        return JibConfiguration.defaultName(new MavenProject(model));
    }

    private static JibConfiguration parse(String xml) throws Exception {
        return new JibConfiguration(Xpp3DomBuilder.build(new StringReader(xml)));
    }
}
