// SPDX-License-Identifier: Apache-2.0
package dev.v6;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CatalogueTest {
    private static final Path README = Path.of("..", "README.md");
    private static final String BEGIN = "<!-- catalogue: written by CatalogueTest -->\n";
    private static final String END = "<!-- /catalogue -->";

    /** With -Dv6.catalogue=write it is put right instead. */
    @Test
    void readmeShowsTheCatalogueAsItIs() throws IOException {
        String readme = Files.readString(README);
        int begin = readme.indexOf(BEGIN) + BEGIN.length();
        int end = readme.indexOf(END);
        if ("write".equals(System.getProperty("v6.catalogue"))) {
            readme = readme.substring(0, begin) + catalogue() + readme.substring(end);
            Files.writeString(README, readme);
            end = readme.indexOf(END);
        }
        assertThat(readme.substring(begin, end))
                .as("run mvn -pl v6-runtime test -Dtest=CatalogueTest -DargLine=-Dv6.catalogue=write")
                .isEqualTo(catalogue());
    }

    @Test
    void noTwoFindingsShareACode() {
        Set<String> ids = new HashSet<>();
        for (FindingCode code : FindingCode.values()) {
            assertThat(ids.add(code.id())).as(code.id()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(FindingCode.class)
    void causeAndRemedyAreSentences(FindingCode code) {
        assertThat(code.cause()).matches("[A-Z].*\\.");
        assertThat(code.remedy()).matches("[A-Z].*\\.");
        assertThat(code.title()).doesNotEndWith(".");
    }

    /** All at a glance, and then a paragraph each. */
    private static String catalogue() {
        StringBuilder text = new StringBuilder("\n| code | severity | what is so |\n| --- | --- | --- |\n");
        for (FindingCode code : FindingCode.values()) {
            text.append("| ").append(code.id()).append(" | ");
            text.append(code.severity().name().toLowerCase(Locale.ROOT)).append(" | ");
            text.append(code.title()).append(" |\n");
        }
        for (FindingCode code : FindingCode.values()) {
            text.append("\n**")
                    .append(code.id())
                    .append(": ")
                    .append(code.title())
                    .append(".** ");
            text.append(code.cause())
                    .append(" *What to do:* ")
                    .append(code.remedy())
                    .append('\n');
        }
        return text.append('\n').toString();
    }
}
