// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No JVM as old as these is to be had where the tests run; that it can read the class at all, AgentModesIT sees. */
class EntryTest {
    @ParameterizedTest
    @CsvSource({"1.8, false", "9, false", "11, false", "16, false", "17, true", "25, true"})
    void olderJvmsRunTheServiceWithoutV6(String version, boolean enough) {
        assertThat(Entry.newEnough(version)).isEqualTo(enough);
    }
}
