// SPDX-License-Identifier: Apache-2.0
package dev.v6.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.Setting;
import dev.v6.check.CheckMode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What IDEs complete in application.properties. */
class MetadataTest {
    @Test
    void everySettingIsThereAndNoOther() throws IOException {
        List<String> named = Metadata.read().properties().stream()
                .map(property -> (String) property.get("name"))
                .toList();

        assertThat(named)
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                Arrays.stream(Setting.values()).map(Setting::property),
                                Stream.of("management.health.ipv6.enabled"))
                        .toList());
    }

    @Test
    void everyPropertyHasATypeAndASentence() throws Exception {
        for (Map<String, Object> property : Metadata.read().properties()) {
            assertThat((String) property.get("description")).matches("[A-Z].*\\.");
            String type = (String) property.get("type");
            Class.forName(type.replaceAll("<.*", ""));
        }
    }

    @Test
    void whatSpringDoesNotReadSaysSoAndNamesItsVariable() throws IOException {
        for (Map<String, Object> property : Metadata.read().properties()) {
            for (Setting setting : Setting.values()) {
                if (setting.property().equals(property.get("name"))
                        && setting != Setting.CHECK
                        && setting != Setting.HEALTH_FAIL) {
                    assertThat((String) property.get("description"))
                            .contains("Set it as a system property or as " + setting.variable() + ";");
                }
            }
        }
    }

    @Test
    void theWordsOfCheckAreThoseThatAreRead() throws IOException {
        assertThat(Metadata.read().words("v6.check"))
                .containsExactly(Arrays.stream(CheckMode.values())
                        .map(mode -> mode.name().toLowerCase(Locale.ROOT))
                        .toArray(String[]::new));
    }
}
