// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.Family;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostAddressesTest {

    @Test
    void theFirstOfEachFamilyThatAClientElsewhereWouldUseIsChosen() throws UnknownHostException {
        assertThat(HostAddresses.choose(List.of(
                        on("lo", "127.0.0.1"),
                        on("lo", "::1"),
                        on("docker0", "198.18.0.1"),
                        on("br-0123456789ab", "fd00:1::1"),
                        on("eth0", "fe80::1"),
                        on("eth0", "192.0.2.7"),
                        on("eth0", "2001:db8::7"),
                        on("eth1", "192.0.2.8"))))
                .containsEntry(Family.IPV4, InetAddress.getByName("192.0.2.7"))
                .containsEntry(Family.IPV6, InetAddress.getByName("2001:db8::7"))
                .hasSize(2);
    }

    @Test
    void aTentativeAddressAnswersNobodySoItIsPassedOver() throws UnknownHostException {
        assertThat(HostAddresses.choose(
                        List.of(new Facts.LocalAddress("eth0", InetAddress.getByName("2001:db8::7"), true))))
                .isEmpty();
    }

    @Test
    void loopbackIsToldByNumber() throws UnknownHostException {
        assertThat(HostAddresses.loopback(Family.IPV4)).isEqualTo(InetAddress.getByName("127.0.0.1"));
        assertThat(HostAddresses.loopback(Family.IPV6)).isEqualTo(InetAddress.getByName("::1"));
    }

    private static Facts.LocalAddress on(String nic, String address) throws UnknownHostException {
        return new Facts.LocalAddress(nic, InetAddress.getByName(address), false);
    }
}
