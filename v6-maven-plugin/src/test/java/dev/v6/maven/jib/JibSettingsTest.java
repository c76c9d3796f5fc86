// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.jib;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.junit.jupiter.api.Test;

class JibSettingsTest {

    @Test
    void everythingIsReadFromThePom() throws Exception {
        JibSettings settings = read("""
                <configuration>
                  <from><image>eclipse-temurin:17-jre</image></from>
                  <to><image>shop</image></to>
                  <container>
                    <mainClass>shop.Main</mainClass>
                    <jvmFlags><jvmFlag>-Xmx64m</jvmFlag><jvmFlag> -ea </jvmFlag></jvmFlags>
                    <args><arg>serve</arg></args>
                    <environment><PORT>8080</PORT><EMPTY/></environment>
                    <ports><port>8080</port><port>9090/udp</port></ports>
                  </container>
                </configuration>
                """, Map.of());

        assertThat(settings)
                .isEqualTo(new JibSettings(
                        "eclipse-temurin:17-jre",
                        "shop",
                        "shop.Main",
                        List.of("-Xmx64m", "-ea"),
                        List.of("serve"),
                        Map.of("PORT", "8080", "EMPTY", ""),
                        List.of("8080", "9090/udp")));
    }

    @Test
    void nothingSaidIsNullOrEmpty() throws Exception {
        assertThat(read("<configuration/>", Map.of()))
                .isEqualTo(new JibSettings(null, null, null, List.of(), List.of(), Map.of(), List.of()));
    }

    @Test
    void propertiesWinOverThePom() throws Exception {
        JibSettings settings = read(
                """
                <configuration>
                  <from><image>eclipse-temurin:17-jre</image></from>
                  <container><jvmFlags><jvmFlag>-Xmx64m</jvmFlag></jvmFlags></container>
                </configuration>
                """,
                Map.of(
                        "jib.from.image", "tar:///base.tar",
                        "jib.container.jvmFlags", "-Da=1\\,2,-ea",
                        "jib.container.environment", "A=b,C=d=e"));

        assertThat(settings.baseImage()).isEqualTo("tar:///base.tar");
        assertThat(settings.jvmFlags()).containsExactly("-Da=1,2", "-ea");
        assertThat(settings.environment()).containsExactly(Map.entry("A", "b"), Map.entry("C", "d=e"));
    }

    @Test
    void theShortPropertyForTheTargetWinsOverTheLongOne() throws Exception {
        assertThat(read("<configuration/>", Map.of("image", "a", "jib.to.image", "b"))
                        .targetImage())
                .isEqualTo("a");
    }

    @Test
    void shortFormsAreUnderstood() throws Exception {
        JibSettings settings = read(
                "<configuration><to>shop:1</to><container><ports>8080, 8443</ports></container></configuration>",
                Map.of());

        assertThat(settings.targetImage()).isEqualTo("shop:1");
        assertThat(settings.ports()).containsExactly("8080", "8443");
    }

    @Test
    void expressionsLeftInThePomAreResolved() throws Exception {
        Xpp3Dom dom = dom("<configuration><to><image>${late}</image></to></configuration>");

        assertThat(JibSettings.read(dom, text -> text.replace("${late}", "shop:2"), name -> null)
                        .targetImage())
                .isEqualTo("shop:2");
    }

    private static JibSettings read(String xml, Map<String, String> properties) throws Exception {
        return JibSettings.read(dom(xml), UnaryOperator.identity(), properties::get);
    }

    private static Xpp3Dom dom(String xml) throws Exception {
        return Xpp3DomBuilder.build(new StringReader(xml));
    }
}
