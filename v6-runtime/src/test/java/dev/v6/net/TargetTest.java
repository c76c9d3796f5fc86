// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

    @ParameterizedTest
    @CsvSource({
        "db.example.com:5432,db.example.com port 5432",
        "my_service:80,my_service port 80",
        "localhost.:80,localhost. port 80",
        "b\u00fccher.example:80,xn--bcher-kva.example port 80",
        "192.0.2.1:80,192.0.2.1:80",
        "[::1]:80,[::1]:80",
        "[2001:DB8:0::1]:443,[2001:db8::1]:443"
    })
    void hostAndPortInOneTextAreTaken(String text, String printed) {
        assertThat(Target.of(text)).hasToString(printed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"::1", "[::1]", "db.example.com", ":80", "2001:db8::1:80", ""})
    void whereThePortIsMissingItIsSaid(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Target.of(text))
                .withMessage("'" + text + "' must be a host and a port. Write for example"
                        + " db.example.com:5432, 192.0.2.1:80 or [2001:db8::1]:80.");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 65536, 100_000})
    void aPortOutOfRangeIsRefused(int port) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Target.of("localhost", port))
                .withMessage("The port must be from 1 to 65535, but is " + port
                        + ". Name the port that the service listens on.");
    }

    @Test
    void aPortThatIsNoNumberIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Target.of("localhost:http"))
                .withMessage("The port must be a number from 1 to 65535, but is 'http'. Write for example 80.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "http://example.com",
                "example.com/x",
                "-a.example",
                "a-.example",
                "a..b",
                ".",
                "a%b",
                "user@host"
            })
    void aHostThatIsNoNameIsRefused(String host) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Target.of(host, 80))
                .withMessage("'" + host + "' is neither a host name nor an address. Write one such as"
                        + " db.example.com, 192.0.2.1 or 2001:db8::1, without scheme, path and port.");
    }

    @Test
    void namesThatAreTooLongAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Target.of("a".repeat(64) + ".example", 80));
        assertThatIllegalArgumentException().isThrownBy(() -> Target.of("abcdefghi.".repeat(26), 80));
    }

    @Test
    void aTimeoutThatIsNoneIsRefused() {
        for (Duration none : new Duration[] {Duration.ZERO, Duration.ofSeconds(-1)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> HappyEyeballs.connect("localhost", 80, none))
                    .withMessage("The timeout must be more than zero, but is " + none
                            + ". Give one such as Duration.ofSeconds(5).");
        }
    }

    @Test
    void delaysOutOfTheRfcsBoundsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HappyEyeballs.builder().attemptDelay(Duration.ofMillis(9)))
                .withMessageContaining("from 10 ms to 2 s")
                .withMessageContaining("is 9 ms");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HappyEyeballs.builder().attemptDelay(Duration.ofMillis(2001)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HappyEyeballs.builder().resolutionDelay(Duration.ofMillis(-1)));
    }
}
