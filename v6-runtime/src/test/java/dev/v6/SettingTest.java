// SPDX-License-Identifier: Apache-2.0
package dev.v6;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingTest {
    @Test
    void variableHasThePropertysWords() {
        assertThat(Setting.CHECK_RESOLVE.property()).isEqualTo("v6.check.resolve");
        assertThat(Setting.CHECK_RESOLVE.variable()).isEqualTo("V6_CHECK_RESOLVE");
    }

    @Test
    void propertyCounts() {
        System.setProperty("v6.check.resolve", " db.example.com ");
        try {
            assertThat(Setting.CHECK_RESOLVE.value()).isEqualTo("db.example.com");
        } finally {
            System.clearProperty("v6.check.resolve");
        }
        assertThat(Setting.CHECK_RESOLVE.value()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "v6.chek, v6.check",
        "v6.check.reslove, v6.check.resolve",
        "v6.dns.server, v6.dns.servers",
        "v6.check.portz, v6.check.ports"
    })
    void misspeltPropertyIsAnsweredWithTheNearest(String typed, String meant) {
        Properties properties = new Properties();
        properties.setProperty(typed, "x");

        assertThat(Setting.complaints(properties, Map.of()))
                .containsExactly("There is no system property " + typed + ". Did you mean " + meant + "?");
    }

    @Test
    void misspeltVariableIsAnsweredWithTheNearest() {
        assertThat(Setting.complaints(new Properties(), Map.of("V6_DNS_SERVER", "x")))
                .containsExactly("There is no environment variable V6_DNS_SERVER. Did you mean V6_DNS_SERVERS?");
    }

    @Test
    void whatIsSomebodyElsesIsNoMatter() {
        Properties properties = new Properties();
        properties.setProperty("v6.image", "x");
        properties.setProperty("v6.check", "warn");
        properties.setProperty("user.dir", "/");

        assertThat(Setting.complaints(properties, Map.of("V6_LAB_HOSTS", "x", "V6_CHECK", "fail", "PATH", "/")))
                .isEmpty();
    }
}
