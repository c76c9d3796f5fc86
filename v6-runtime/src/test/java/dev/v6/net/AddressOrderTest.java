// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.AddressText;
import dev.v6.Literal;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of RFC 6724, section 10, and what containers meet. Sources are {@code address/length[!flag]@interface}. */
class AddressOrderTest {
    private static final String TWO_STACKS = "2001:db8:1::2/64@eth0 fe80::1/64@eth0 198.51.100.117/24@eth0";

    /** RFC 6724, 10.1. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2001:db8:1::1 | 2001:db8:3::1/64@eth0 fe80::1/64@eth0 | 2001:db8:3::1
            ff05::1       | 2001:db8:3::1/64@eth0 fe80::1/64@eth0 | 2001:db8:3::1
            2001:db8:1::1 | 2001:db8:1::1/64!deprecated@eth0 2001:db8:2::1/64@eth0 | 2001:db8:1::1
            fe80::1       | fe80::2/64!deprecated@eth0 2001:db8:1::1/64@eth0 | fe80::2
            2001:db8:1::1 | 2001:db8:1::2/64@eth0 2001:db8:3::2/64@eth0 | 2001:db8:1::2
            2002:c633:6401::1 | 2002:c633:6401::d5e3:7953:13eb:22e8/64!temporary@eth0 2001:db8:1::2/64@eth0 | 2002:c633:6401:0:d5e3:7953:13eb:22e8
            2001:db8:1::d5e3:0:0:1 | 2001:db8:1::2/64@eth0 2001:db8:1::d5e3:7953:13eb:22e8/64!temporary@eth0 | 2001:db8:1:0:d5e3:7953:13eb:22e8
            """)
    void theSourceIsThatOfTheRfcsExamples(String destination, String sources, String expected) {
        assertThat(AddressOrder.source(address(destination), locals(sources), PolicyTable.defaults()))
                .map(local -> AddressText.of(local.address()))
                .hasValue(expected);
    }

    /** RFC 6724, 10.2; its private IPv4 and site-local addresses by way of scopev4 and those of today. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            198.51.100.121 2001:db8:1::1 | 2001:db8:1::2/64@eth0 fe80::1/64@eth0 169.254.13.78/16@eth0 | 2001:db8:1::1 198.51.100.121
            2001:db8:1::1 198.51.100.121 | fe80::1/64@eth0 198.51.100.117/24@eth0 | 198.51.100.121 2001:db8:1::1
            10.1.2.3 2001:db8:1::1       | 2001:db8:1::2/64@eth0 fe80::1/64@eth0 10.1.2.4/24@eth0 | 2001:db8:1::1 10.1.2.3
            2001:db8:1::1 fe80::1        | 2001:db8:1::2/64@eth0 fe80::2/64@eth0 | fe80::1 2001:db8:1::1
            2001:db8:1::1 2001:db8:3ffe::1 | 2001:db8:1::2/64@eth0 2001:db8:3f44::2/64@eth0 fe80::2/64@eth0 | 2001:db8:1::1 2001:db8:3ffe::1
            2002:c633:6401::1 2001:db8:1::1 | 2002:c633:6401::2/64@eth0 fe80::2/64@eth0 | 2002:c633:6401::1 2001:db8:1::1
            2002:c633:6401::1 2001:db8:1::1 | 2002:c633:6401::2/64@eth0 2001:db8:1::2/64@eth0 fe80::2/64@eth0 | 2001:db8:1::1 2002:c633:6401::1
            """)
    void destinationsAreSortedAsInTheRfcsExamples(String destinations, String sources, String expected) {
        assertThat(sorted(destinations, sources)).isEqualTo(expected);
    }

    @Test
    void ipv6ComesFirstWhereBothHaveASource() {
        assertThat(sorted("198.51.100.121 2001:db8:9::1", TWO_STACKS)).isEqualTo("2001:db8:9::1 198.51.100.121");
    }

    /** Trap 42: a ULA reaches no global address, so IPv4 comes first. */
    @Test
    void aUniqueLocalSourcePutsAGlobalDestinationBelowIpv4() {
        String container = "fd00:1::2/64@eth0 172.17.0.2/16@eth0";
        assertThat(sorted("2001:db8:9::1 198.51.100.121", container)).isEqualTo("198.51.100.121 2001:db8:9::1");
        assertThat(sorted("2001:db8:9::1 fd00:1::9", container)).isEqualTo("fd00:1::9 2001:db8:9::1");
    }

    /** Trap 23: a link-local address is no source for what is beyond the link. */
    @Test
    void aLinkLocalSourceLeadsNowhereElse() {
        List<LocalAddress> locals = locals("fe80::1/64@eth0");
        assertThat(AddressOrder.source(address("2001:db8::1"), locals, PolicyTable.defaults()))
                .isEmpty();
        assertThat(AddressOrder.source(address("fe80::9"), locals, PolicyTable.defaults()))
                .isPresent();
    }

    @Test
    void loopbackIsReachedFromLoopbackAloneAndReachesNothingElse() {
        String lo = "127.0.0.1/8@lo ::1/128@lo";
        assertThat(sorted("2001:db8::1 127.0.0.1 192.0.2.1 ::1", lo)).isEqualTo("::1 127.0.0.1 2001:db8::1 192.0.2.1");
    }

    @Test
    void aDestinationWhoseOnlySourceIsDeprecatedComesLater() {
        assertThat(sorted("2001:db8:9::1 198.51.100.121", "2001:db8:1::2/64!deprecated@eth0 198.51.100.117/24@eth0"))
                .isEqualTo("198.51.100.121 2001:db8:9::1");
    }

    @Test
    void dnsTurnsAmongIpv4AddressesAreKeptExceptForTheOwnSubnet() {
        assertThat(sorted("203.0.113.9 198.18.0.1 198.51.100.9", TWO_STACKS))
                .isEqualTo("198.51.100.9 203.0.113.9 198.18.0.1");
    }

    /** RFC 6724, 10.3: IPv4 before IPv6, as many gai.conf files have it. */
    @Test
    void theTableDecides() {
        PolicyTable ipv4First = PolicyTable.parse("precedence ::/0 40\nprecedence ::ffff:0:0/96 100");
        assertThat(AddressOrder.sort(addresses("2001:db8:9::1 198.51.100.121"), locals(TWO_STACKS), ipv4First))
                .isEqualTo(addresses("198.51.100.121 2001:db8:9::1"));
    }

    /** Rule 9 compares within a family only, so the rules are no total order once a table levels the families. */
    @Test
    void noTableMakesTheSortFail() {
        PolicyTable level = PolicyTable.parse("precedence ::/0 1\nlabel ::/0 1");
        List<InetAddress> many = new ArrayList<>();
        Random random = new Random(6724);
        for (int i = 0; i < 200; i++) {
            many.add(address(
                    random.nextBoolean()
                            ? "198.51.100." + random.nextInt(256)
                            : "2001:db8:" + Integer.toHexString(random.nextInt(65536)) + "::1"));
        }
        assertThat(AddressOrder.sort(many, locals(TWO_STACKS), level)).containsExactlyInAnyOrderElementsOf(many);
    }

    /** Trap 42: interleaved after sorting. */
    @Test
    void familiesTakeTurnsAfterSortingAndNoneIsLost() {
        assertThat(AddressOrder.interleave(addresses("2001:db8::1 2001:db8::2 2001:db8::3 192.0.2.1 192.0.2.2")))
                .isEqualTo(addresses("2001:db8::1 192.0.2.1 2001:db8::2 192.0.2.2 2001:db8::3"));
        assertThat(AddressOrder.interleave(addresses("192.0.2.1 2001:db8::1 2001:db8::2 2001:db8::3")))
                .isEqualTo(addresses("192.0.2.1 2001:db8::1 2001:db8::2 2001:db8::3"));
        assertThat(AddressOrder.interleave(List.of())).isEmpty();
    }

    private static String sorted(String destinations, String sources) {
        return String.join(
                " ",
                AddressOrder.sort(addresses(destinations), locals(sources), PolicyTable.defaults()).stream()
                        .map(AddressText::of)
                        .toList());
    }

    private static List<InetAddress> addresses(String texts) {
        return Stream.of(texts.split(" ")).map(AddressOrderTest::address).toList();
    }

    private static InetAddress address(String text) {
        return Literal.parse(text);
    }

    private static List<LocalAddress> locals(String texts) {
        return Stream.of(texts.split(" ")).map(AddressOrderTest::local).toList();
    }

    private static LocalAddress local(String text) {
        String[] parts = text.split("[/!@]", -1);
        return new LocalAddress(
                address(parts[0]),
                Integer.parseInt(parts[1]),
                parts[parts.length - 1],
                text.contains("!deprecated"),
                text.contains("!temporary"));
    }
}
