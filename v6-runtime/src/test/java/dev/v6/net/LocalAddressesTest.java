// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.Literal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalAddressesTest {
    private final List<LocalAddress> has = new ArrayList<>();
    private long now;
    private int readings;
    private final LocalAddresses locals = new LocalAddresses(
            () -> {
                readings++;
                return List.copyOf(has);
            },
            () -> now);

    @Test
    void theTablesAreReadOnceInTwoSecondsAtMost() {
        for (int i = 0; i < 1000; i++) {
            locals.now();
        }
        assertThat(readings).isOne();
        now = Duration.ofSeconds(2).toNanos();
        locals.now();
        locals.now();
        assertThat(readings).isEqualTo(2);
    }

    @Test
    void equalAddressesAreTheSameObjectAndOthersAreNot() {
        HostView before = locals.now();
        now = Duration.ofSeconds(2).toNanos();
        assertThat(locals.now()).isSameAs(before);
        has.add(LocalAddress.of(Literal.parse("2001:db8::1"), 64, "eth0"));
        now *= 2;
        assertThat(locals.now()).isNotSameAs(before);
        assertThat(locals.now().ipv6Only()).isTrue();
        has.add(LocalAddress.of(Literal.parse("192.0.2.1"), 24, "eth0"));
        now *= 2;
        assertThat(locals.now().ipv6Only()).isFalse();
    }

    @Test
    void thisHostHasLoopback() {
        assertThat(LocalAddresses.system().now().addresses())
                .extracting(LocalAddress::address)
                .contains(Literal.parse("127.0.0.1"), Literal.parse("::1"));
    }
}
