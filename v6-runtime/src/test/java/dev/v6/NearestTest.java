// SPDX-License-Identifier: Apache-2.0
package dev.v6;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    private static final List<String> KNOWN = List.of("check", "probe", "listeners", "witness", "v6.ports", "v6.env");

    @ParameterizedTest
    @CsvSource({
        "chek, check",
        "cehck, check",
        "prob, probe",
        "probes, probe",
        "listener, listeners",
        "witnes, witness",
        "v6.port, v6.ports",
        "v6.prots, v6.ports",
        "check, check",
    })
    void slipIsForgiven(String typed, String meant) {
        assertThat(Nearest.of(typed, KNOWN)).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource({"resolve", "x", "''", "portal"})
    void somethingElseIsNotGuessedAt(String typed) {
        assertThat(Nearest.of(typed, KNOWN)).isNull();
    }

    @Test
    void hintNamesTheNearestOrAll() {
        assertThat(Nearest.hint("prbe", KNOWN)).isEqualTo("Did you mean probe?");
        assertThat(Nearest.hint("bridge", List.of("check", "probe"))).isEqualTo("Known are check, probe.");
    }
}
