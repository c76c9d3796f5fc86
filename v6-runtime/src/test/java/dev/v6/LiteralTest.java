// SPDX-License-Identifier: Apache-2.0
package dev.v6;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiteralTest {

    /** Trap 21: what the JDK prints in its long form is printed by RFC 5952. */
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1,192.0.2.1",
        "::1,::1",
        "[::1],::1",
        "2001:DB8:0:0:1:0:0:1,2001:db8::1:0:0:1",
        "2001:db8::192.0.2.33,2001:db8::c000:221",
        "::ffff:192.0.2.1,192.0.2.1",
        "[2001:0db8:0000:0000:0000:0000:0000:0001],2001:db8::1",
        "fe80::1%1,fe80::1%1",
        "[fe80::1%251],fe80::1%1"
    })
    void everyFormThatPeopleWriteIsTaken(String written, String printed) {
        assertThat(AddressText.of(Literal.parse(written))).isEqualTo(printed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "example.com", "a1.b2", "1and1.example", "fe80"})
    void aNameIsNone(String name) {
        assertThat(Literal.parse(name)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2.3", "256.1.1.1", "1", "::g", "[localhost]", "[192.0.2.1]", "1:2", "fe80::1%nope", ":"})
    void whatIsMeantAsAnAddressAndIsNoneIsNotTakenForAName(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Literal.parse(text))
                .withMessageStartingWith("'" + text + "' is no IP address")
                .withMessageEndingWith(".");
    }

    @Test
    void theZoneOfInterface25IsNotTakenForAnEncodedPercent() {
        assertThat(AddressText.of(Literal.parse("fe80::1%25"))).isEqualTo("fe80::1%25");
    }
}
