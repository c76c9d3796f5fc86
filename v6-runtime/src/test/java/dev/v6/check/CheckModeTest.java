// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckModeTest {
    private final List<String> complaints = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"off, OFF", "OFF, OFF", "false, OFF", "warn, WARN", "' fail ', FAIL", "'', WARN"})
    void wordsAreRead(String word, CheckMode mode) {
        assertThat(CheckMode.of(word, complaints)).isEqualTo(mode);
        assertThat(complaints).isEmpty();
    }

    @Test
    void anotherWordIsAnsweredAndTakenAsWarn() {
        assertThat(CheckMode.of("fial", complaints)).isEqualTo(CheckMode.WARN);
        assertThat(complaints)
                .containsExactly("v6.check is 'fial', which is not known, and so taken as warn. Did you mean fail?");
    }
}
