// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.AddressText;
import dev.v6.Literal;
import java.net.Inet4Address;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6052, 2.4, and RFC 7050. */
class Nat64PrefixTest {

    @ParameterizedTest
    @CsvSource({
        "2001:db8:c000:aa::,32,2001:db8:c000:221::",
        "2001:db8:1c0:0:aa::,40,2001:db8:1c0:2:21::",
        "2001:db8:122:c000:0:aa00::,48,2001:db8:122:c000:2:2100::",
        "2001:db8:122:3c0:0:aa::,56,2001:db8:122:3c0:0:221::",
        "2001:db8:122:344:c0:0:aa00::,64,2001:db8:122:344:c0:2:2100:0",
        "2001:db8:122:344::192.0.0.171,96,2001:db8:122:344::c000:221",
        "64:ff9b::192.0.0.170,96,64:ff9b::c000:221"
    })
    void thePrefixShowsInTheAnswerAndTakesAnAddress(String arpa, int length, String embedded) {
        Nat64Prefix prefix = Nat64Prefix.of(Literal.parse(arpa)).orElseThrow();
        assertThat(prefix.length()).isEqualTo(length);
        assertThat(AddressText.of(prefix.embed((Inet4Address) Literal.parse("192.0.2.33"))))
                .isEqualTo(embedded);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2001:db8::1", "192.0.0.170", "2001:db8::192.0.0.172", "::1"})
    void anotherAnswerHasNoPrefix(String address) {
        assertThat(Nat64Prefix.of(Literal.parse(address))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "64:ff9b::192.0.0.170,192.0.2.1,true",
        "64:ff9b::192.0.0.170,10.0.0.1,false",
        "2001:db8:64::192.0.0.170,10.0.0.1,true",
        "2001:db8:64::192.0.0.170,127.0.0.1,false",
        "2001:db8:64::192.0.0.170,169.254.169.254,false"
    })
    void privateAddressesHaveNoMeaningBehindTheWellKnownPrefix(String arpa, String address, boolean served) {
        Nat64Prefix prefix = Nat64Prefix.of(Literal.parse(arpa)).orElseThrow();
        assertThat(prefix.serves((Inet4Address) Literal.parse(address))).isEqualTo(served);
    }
}
