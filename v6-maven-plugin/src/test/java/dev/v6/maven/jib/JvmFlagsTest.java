// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.jib;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.FindingCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JvmFlagsTest {
    private static final String ON = "-Djava.net.preferIPv4Stack=true";
    private static final String OFF = "-Djava.net.preferIPv4Stack=false";

    @Test
    void theFlagInTheEntrypointIsFound() {
        assertThat(places("java", ON, "-cp", "@/app/jib-classpath-file", "demo.Main"))
                .containsExactly("the entrypoint");
        assertThat(places("/opt/java/bin/java", "-cp", "x", "-Djava.net.preferIPv4Stack=TRUE", "demo.Main"))
                .containsExactly("the entrypoint");
    }

    @Test
    void theFindingNamesThePlaces() {
        assertThat(JvmFlags.preferIpv4Stack(List.of("java", ON, "Main"), Map.of("JAVA_TOOL_OPTIONS", "-ea " + ON)))
                .hasValueSatisfying(finding -> {
                    assertThat(finding.code()).isEqualTo(FindingCode.PREFER_IPV4_STACK);
                    assertThat(finding.evidence())
                            .isEqualTo("-Djava.net.preferIPv4Stack=true stands in the environment variable"
                                    + " JAVA_TOOL_OPTIONS and in the entrypoint");
                });
    }

    @Test
    void whatIsGivenToTheServiceIsNoFlag() {
        assertThat(places("java", "-cp", "x", "demo.Main", ON)).isEmpty();
        assertThat(places("java", "-jar", "app.jar", ON)).isEmpty();
        assertThat(places("java", "-cp", ON, "demo.Main")).isEmpty();
        assertThat(places("java", "-m", "demo/demo.Main", ON)).isEmpty();
    }

    @Test
    void aValueThatIsNotTrueIsNoFlag() {
        assertThat(places("java", OFF, "Main")).isEmpty();
        assertThat(places("java", "-Djava.net.preferIPv4Stack", "Main")).isEmpty();
        assertThat(places("java", "-Djava.net.preferIPv4Stack=truely", "Main")).isEmpty();
        assertThat(places("java", "-Djava.net.preferIPv4StackX=true", "Main")).isEmpty();
    }

    @Test
    void theLastWordCounts() {
        assertThat(places("java", ON, OFF, "Main")).isEmpty();
        assertThat(places("java", OFF, ON, "Main")).containsExactly("the entrypoint");
        assertThat(JvmFlags.places(List.of("java", OFF, "Main"), Map.of("JAVA_TOOL_OPTIONS", ON)))
                .isEmpty();
        assertThat(JvmFlags.places(List.of("java", OFF, "Main"), Map.of("_JAVA_OPTIONS", ON)))
                .containsExactly("the environment variable _JAVA_OPTIONS");
        assertThat(JvmFlags.places(List.of("java", "Main"), Map.of("JAVA_TOOL_OPTIONS", OFF, "JDK_JAVA_OPTIONS", ON)))
                .containsExactly("the environment variable JDK_JAVA_OPTIONS");
    }

    @Test
    void variablesThatNoJvmReadsDoNotCount() {
        assertThat(JvmFlags.places(List.of(), Map.of("JAVA_OPTS", ON))).isEmpty();
    }

    @Test
    void aShellsScriptIsSearchedToo() {
        assertThat(places("sh", "-c", "exec java " + ON + " -jar app.jar")).containsExactly("the entrypoint");
        assertThat(places("tini", "--", "java", ON, "Main")).containsExactly("the entrypoint");
    }

    @Test
    void takenOutOfACommandTheRestStays() {
        assertThat(JvmFlags.without(List.of("java", ON, "-Xmx64m", "Main", ON)))
                .containsExactly("java", "-Xmx64m", "Main", ON);
        assertThat(JvmFlags.without(List.of("sh", "-c", "exec  java " + ON + "  -jar 'my app.jar'")))
                .containsExactly("sh", "-c", "exec  java -jar 'my app.jar'");
        assertThat(JvmFlags.without(List.of("tini", "--", "java", ON, "Main")))
                .containsExactly("tini", "--", "java", "Main");
    }

    @Test
    void takenOutOfTheEnvironmentTheRestStays() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("JAVA_TOOL_OPTIONS", "-Da='b  c' '" + ON + "' -ea");
        environment.put("_JAVA_OPTIONS", ON);
        environment.put("JAVA_OPTS", ON);
        environment.put("EMPTY", "");

        assertThat(JvmFlags.without(environment))
                .containsExactly(
                        Map.entry("JAVA_TOOL_OPTIONS", "-Da='b  c' -ea"),
                        Map.entry("JAVA_OPTS", ON),
                        Map.entry("EMPTY", ""));
    }

    private static List<String> places(String... command) {
        return JvmFlags.places(List.of(command), Map.of());
    }
}
