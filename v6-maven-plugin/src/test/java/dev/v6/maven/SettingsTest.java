// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.v6.maven.verify.Limits;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    @ParameterizedTest
    @CsvSource({"60s,PT60S", "60,PT60S", "500ms,PT0.5S", "2m,PT2M", " 5 s ,PT5S"})
    void timesAreReadAsPeopleWriteThem(String text, Duration expected) {
        assertThat(Settings.duration("v6.cellTimeout", text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "0", "0s", "-5s", "5h", "1.5s"})
    void whatIsNoTimeToWaitIsAnsweredWithHowToWriteOne(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.duration("v6.cellTimeout", text))
                .withMessage("v6.cellTimeout is '" + text
                        + "', which is no time to wait. Write a number with ms, s or m: 500ms, 60s, 2m.");
    }

    @Test
    void variablesMayHoldEqualsSignsAndEscapedCommas() {
        assertThat(settings("A=1,OPTS=-Dx=y\\,z\n B = two ").variables())
                .containsEntry("A", "1")
                .containsEntry("OPTS", "-Dx=y,z")
                .containsEntry("B", "two")
                .hasSize(3);
    }

    @Test
    void whatIsNoVariableIsAnsweredWithHowToWriteOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings("8080").variables())
                .withMessageStartingWith("v6.env has '8080', which is no variable. Write NAME=value");
    }

    @Test
    void limitsComeFromBothTimes() {
        assertThat(settings("").limits()).isEqualTo(new Limits(Duration.ofMinutes(1), Duration.ofSeconds(5)));
    }

    @Test
    void quotesKeepTheWordsOfACommandTogether() {
        assertThat(new Settings(null, "sh -c 'sleep 1; echo a'", null, null, "dual-stack", "1s", "1s", null, null, null)
                        .words())
                .containsExactly("sh", "-c", "sleep 1; echo a");
    }

    @Test
    void anUnknownEngineIsAnsweredWithTheNearest() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EngineChoice.parse("dokcer"))
                .withMessage(
                        "v6.engine is 'dokcer', which is no engine. Did you mean docker? Write auto, docker or process.");
    }

    private static Settings settings(String env) {
        return new Settings(null, null, null, env, "dual-stack", "60s", "5s", null, null, null);
    }
}
