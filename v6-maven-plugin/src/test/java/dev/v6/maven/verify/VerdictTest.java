// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.Family;
import dev.v6.Outcome;
import dev.v6.Protocol;
import dev.v6.maven.engine.Aim;
import dev.v6.maven.engine.Port;
import dev.v6.maven.engine.Vantage;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final Port PORT = new Port(8080, Protocol.TCP);
    private static final Set<Family> BOTH = EnumSet.allOf(Family.class);

    private final List<Cell> cells = new ArrayList<>();

    @Test
    void everyRequiredCellNativeIsReady() {
        all(Outcome.OK, Passage.NATIVE);
        assertThat(verdict()).isEqualTo(Verdict.READY);
    }

    @Test
    void oneRequiredCellRefusedIsNotReady() {
        all(Outcome.OK, Passage.NATIVE);
        cells.add(cell(Vantage.HOST_LOOPBACK, Family.IPV6, Outcome.REFUSED, Passage.UNKNOWN, true));
        assertThat(verdict()).isEqualTo(Verdict.NOT_READY);
    }

    @Test
    void anAnswerThroughAProxyIsNotReady() {
        all(Outcome.OK, Passage.NATIVE);
        cells.add(cell(Vantage.HOST_ADDRESS, Family.IPV6, Outcome.OK, Passage.PROXIED, true));
        assertThat(verdict()).isEqualTo(Verdict.NOT_READY);
    }

    @Test
    void anAnswerThatNobodySawArriveIsNotProven() {
        all(Outcome.OK, Passage.NATIVE);
        cells.add(cell(Vantage.HOST_LOOPBACK, Family.IPV6, Outcome.OK, Passage.UNKNOWN, true));
        assertThat(verdict()).isEqualTo(Verdict.NOT_PROVEN);
    }

    @Test
    void aCellThatCannotExistFailsNothingWhileAnotherOfItsFamilyIsOk() {
        all(Outcome.OK, Passage.NATIVE);
        cells.add(cell(Vantage.HOST_ADDRESS, Family.IPV6, Outcome.NO_ADDRESS, Passage.UNKNOWN, false));
        assertThat(verdict()).isEqualTo(Verdict.READY);
    }

    @Test
    void aFamilyThatWasTriedOnlyInsideTheServiceIsNotProven() {
        cells.add(cell(Vantage.HOST_LOOPBACK, Family.IPV4, Outcome.OK, Passage.NATIVE, true));
        cells.add(cell(Vantage.INSIDE, Family.IPV6, Outcome.OK, Passage.NATIVE, true));
        assertThat(verdict()).isEqualTo(Verdict.NOT_PROVEN);
    }

    @Test
    void nothingTriedIsNotProven() {
        assertThat(Verdict.of(List.of(), BOTH, List.of())).isEqualTo(Verdict.NOT_PROVEN);
        assertThat(Verdict.of(List.of(PORT), BOTH, List.of())).isEqualTo(Verdict.NOT_PROVEN);
    }

    @Test
    void eachPortMustBeProvenForItself() {
        all(Outcome.OK, Passage.NATIVE);
        assertThat(Verdict.of(List.of(PORT, new Port(9090, Protocol.UDP)), BOTH, cells))
                .isEqualTo(Verdict.NOT_PROVEN);
    }

    private Verdict verdict() {
        return Verdict.of(List.of(PORT), BOTH, cells);
    }

    private void all(Outcome outcome, Passage passage) {
        for (Vantage vantage : Vantage.values()) {
            for (Family family : Family.values()) {
                cells.add(cell(vantage, family, outcome, passage, true));
            }
        }
    }

    static Cell cell(Vantage vantage, Family family, Outcome outcome, Passage passage, boolean required) {
        InetSocketAddress target = new InetSocketAddress(family == Family.IPV4 ? "192.0.2.1" : "2001:db8::1", 8080);
        return new Cell(
                new Aim(PORT, vantage, family, target, ""),
                outcome,
                passage,
                true,
                required,
                1,
                "seen in a test",
                null);
    }
}
