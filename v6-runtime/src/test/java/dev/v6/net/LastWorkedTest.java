// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.Literal;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastWorkedTest {
    private static final InetAddress FOUR = Literal.parse("192.0.2.1");
    private static final InetAddress SIX = Literal.parse("2001:db8::1");
    private static final Target TARGET = Target.of("db.example", 80);

    private final HostView here = HostView.of(List.of());
    private long now;
    private final LastWorked lastWorked = new LastWorked(() -> now);

    @Test
    void aWinnerIsRememberedForTenMinutes() {
        lastWorked.won(TARGET, here, FOUR);
        now = Duration.ofMinutes(10).toNanos() - 1;
        assertThat(lastWorked.of(TARGET, here)).isEqualTo(FOUR);
        assertThat(lastWorked.of(Target.of("db.example", 81), here)).isNull();
        now++;
        assertThat(lastWorked.of(TARGET, here)).isNull();
    }

    @Test
    void winningAgainDoesNotProlongIt() {
        lastWorked.won(TARGET, here, FOUR);
        now = Duration.ofMinutes(9).toNanos();
        lastWorked.won(TARGET, here, FOUR);
        now = Duration.ofMinutes(11).toNanos();
        assertThat(lastWorked.of(TARGET, here)).isNull();
    }

    @Test
    void anotherWinnerTakesItsPlace() {
        lastWorked.won(TARGET, here, FOUR);
        now = Duration.ofMinutes(9).toNanos();
        lastWorked.won(TARGET, here, SIX);
        now = Duration.ofMinutes(11).toNanos();
        assertThat(lastWorked.of(TARGET, here)).isEqualTo(SIX);
    }

    @Test
    void itIsForgottenOnceTheHostHasOtherAddresses() {
        lastWorked.won(TARGET, here, FOUR);
        assertThat(lastWorked.of(TARGET, HostView.of(List.of()))).isNull();
    }

    @Test
    void itsSizeIsBounded() {
        for (int i = 0; i < 3000; i++) {
            lastWorked.won(Target.of("host" + i, 80), here, FOUR);
        }
        assertThat(lastWorked.size()).isEqualTo(1000);
        assertThat(lastWorked.of(Target.of("host2999", 80), here)).isEqualTo(FOUR);
    }
}
