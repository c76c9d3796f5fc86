// SPDX-License-Identifier: Apache-2.0
package dev.v6;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTextTest {
    /** The examples of RFC 5952, sections 4 and 5, and the ends of the range. */
    @ParameterizedTest
    @CsvSource({
        "2001:0db8:0000:0000:0000:0000:0000:0001, 2001:db8::1",
        "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:DB8::ABCD, 2001:db8::abcd",
        "0:0:0:0:0:0:0:0, ::",
        "0:0:0:0:0:0:0:1, ::1",
        "1:0:0:0:0:0:0:0, 1::",
        "1:2:3:4:5:6:0:0, 1:2:3:4:5:6::",
        "0:0:3:4:5:6:7:8, ::3:4:5:6:7:8",
        "1:2:3:4:5:6:7:0, 1:2:3:4:5:6:7:0",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "192.0.2.1, 192.0.2.1",
        "::ffff:192.0.2.1, 192.0.2.1",
    })
    void shortestFormOfRfc5952(String address, String text) throws UnknownHostException {
        assertThat(AddressText.of(InetAddress.getByName(address))).isEqualTo(text);
    }

    @Test
    void printedAddressReadsAsTheSame() throws UnknownHostException {
        byte[] bytes = new byte[16];
        for (int pattern = 0; pattern < 256; pattern++) {
            for (int group = 0; group < 8; group++) {
                bytes[2 * group + 1] = (byte) ((pattern >> group & 1) * (group + 1));
            }
            InetAddress address = Inet6Address.getByAddress(null, bytes, -1);

            assertThat(InetAddress.getByName(AddressText.of(address))).isEqualTo(address);
        }
    }

    @Test
    void portComesAfterBrackets() throws UnknownHostException {
        assertThat(AddressText.of(InetAddress.getByName("2001:db8::1"), 80)).isEqualTo("[2001:db8::1]:80");
        assertThat(AddressText.of(InetAddress.getByName("192.0.2.1"), 80)).isEqualTo("192.0.2.1:80");
    }

    @Test
    void severalAreApartByASeparator() throws UnknownHostException {
        InetAddress ipv4 = InetAddress.getByName("192.0.2.1");
        InetAddress ipv6 = InetAddress.getByName("2001:db8::1");

        assertThat(AddressText.of(List.of(), ", ")).isEmpty();
        assertThat(AddressText.of(List.of(ipv6), ", ")).isEqualTo("2001:db8::1");
        assertThat(AddressText.of(List.of(ipv6, ipv4), ", then ")).isEqualTo("2001:db8::1, then 192.0.2.1");
    }

    @Test
    void zoneIsKept() throws UnknownHostException, SocketException {
        byte[] linkLocal = InetAddress.getByName("fe80::1").getAddress();

        assertThat(AddressText.of(Inet6Address.getByAddress(null, linkLocal, 7)))
                .isEqualTo("fe80::1%7");
        NetworkInterface loopback = NetworkInterface.getByName("lo");
        assertThat(AddressText.of(Inet6Address.getByAddress(
                        null, InetAddress.getByName("::1").getAddress(), loopback)))
                .isEqualTo("::1%lo");
    }
}
