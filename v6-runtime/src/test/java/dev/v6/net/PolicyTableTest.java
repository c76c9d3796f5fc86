// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.v6.Literal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTableTest {

    @ParameterizedTest
    @CsvSource({
        "::1,50,0,2",
        "2001:db8::1,40,1,14",
        "192.0.2.1,35,4,14",
        "10.0.0.1,35,4,14",
        "169.254.1.1,35,4,2",
        "127.0.0.1,35,4,2",
        "2002::1,30,2,14",
        "2001::1,5,5,14",
        "fd00::1,3,13,14",
        "fec0::1,1,11,5",
        "fe80::1,40,1,2",
        "ff05::1,40,1,5"
    })
    void theDefaultsAreThoseOfTheRfc(String address, int precedence, int label, int scope) {
        PolicyTable table = PolicyTable.defaults();
        assertThat(table.precedence(Literal.parse(address))).isEqualTo(precedence);
        assertThat(table.label(Literal.parse(address))).isEqualTo(label);
        assertThat(table.scope(Literal.parse(address))).isEqualTo(scope);
    }

    @Test
    void aFileIsReadAsGaiConfAndReplacesOnlyTheKindsItMentions(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("gai.conf"), """
                # as Debian has it
                reload no

                precedence  ::ffff:0:0/96  100   # IPv4 first
                scopev4 ::ffff:10.0.0.0/104 5
                scopev4 192.168.0.0/16\t5
                """);
        PolicyTable table = PolicyTable.read(file);
        assertThat(table.precedence(Literal.parse("192.0.2.1"))).isEqualTo(100);
        assertThat(table.label(Literal.parse("192.0.2.1"))).isEqualTo(4);
        assertThat(table.scope(Literal.parse("10.1.1.1"))).isEqualTo(5);
        assertThat(table.scope(Literal.parse("192.168.1.1"))).isEqualTo(5);
        assertThat(table.scope(Literal.parse("11.1.1.1"))).isEqualTo(14);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            lable ::/0 1             | 'lable' is none of label, precedence, scopev4 and reload. Write one of these, or remove it.
            label ::/0               | 'label' takes a prefix and a number, but 1 words follow. Write for example: label 2001:db8::/32 10.
            scopev4 10.0.0.0/8 2 3   | 'scopev4' takes a prefix and a number, but 3 words follow. Write for example: scopev4 169.254.0.0/16 2.
            label ::/129 1           | '129' is no number from 0 to 128. Write such a number.
            label 10.0.0.0/33 1      | '33' is no number from 0 to 32. Write such a number.
            label ::/0 many          | 'many' is no number from 0 to 2147483647. Write such a number.
            label localhost/8 1      | 'localhost' is no address. Write a prefix such as 2001:db8::/32.
            label ::g/8 1            | '::g' is no IP address, or one of an interface that does not exist. Write one such as 192.0.2.1, 2001:db8::1 or fe80::1%eth0.
            scopev4 2001:db8::/32 2  | 2001:db8::/32 is no IPv4 prefix. Write one such as 169.254.0.0/16 or ::ffff:169.254.0.0/112.
            """)
    void aBadLineIsToldWithItsNumber(String line, String complaint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PolicyTable.parse("# first\n" + line))
                .withMessage("The policy table, line 2: " + complaint);
    }
}
