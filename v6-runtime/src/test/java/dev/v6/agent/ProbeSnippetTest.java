// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProbeSnippetTest {
    private static final Path README = Path.of("..", "README.md");
    private static final String BEGIN = "<!-- snippets: written by ProbeSnippetTest -->\n";
    private static final String END = "<!-- /snippets -->";

    /** With -Dv6.snippets=write they are put right instead. */
    @Test
    void readmeShowsTheSnippetsAsTheyAre() throws IOException {
        String readme = Files.readString(README);
        int begin = readme.indexOf(BEGIN) + BEGIN.length();
        if ("write".equals(System.getProperty("v6.snippets"))) {
            readme = readme.substring(0, begin) + snippets() + readme.substring(readme.indexOf(END));
            Files.writeString(README, readme);
        }
        assertThat(readme.substring(begin, readme.indexOf(END)))
                .as("run mvn -pl v6-runtime test -Dtest=ProbeSnippetTest -DargLine=-Dv6.snippets=write")
                .isEqualTo(snippets());
    }

    @Test
    void snippetsAreOfTheKindsThatAreAskedFor() {
        assertThat(CommandLine.run("check", "--snippet", "compose", "--port", "8080", "--port", "8443")
                        .out())
                .startsWith("healthcheck:\n  test: [\"CMD\", \"java\", ")
                .contains("\"--port\", \"8080\", \"--port\", \"8443\"]");
        assertThat(CommandLine.run("check", "--snippet", "kubernets").err())
                .isEqualTo(
                        "v6 check: There is no snippet for 'kubernets'. Did you mean kubernetes? See check --help.\n");
        assertThat(CommandLine.run("check", "--fail-on", "eror").err())
                .isEqualTo("v6 check: --fail-on takes warning or error, but is 'eror'. Did you mean error? See check"
                        + " --help.\n");
    }

    private static String snippets() {
        List<String> all = new ArrayList<>();
        for (String kind : ProbeSnippet.KINDS) {
            String language = kind.equals("docker") ? "sh" : "yaml";
            all.add("```" + language + "\n" + ProbeSnippet.of(kind, List.of(8080)) + "```\n");
        }
        return "\n" + String.join("\n", all) + "\n";
    }
}
