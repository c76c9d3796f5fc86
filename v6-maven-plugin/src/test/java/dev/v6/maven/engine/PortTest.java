// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.v6.Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortTest {

    @Test
    void aListGivesEachPortOnceInItsOrder() {
        assertThat(Port.list("8080, 9090/udp\n80/tcp 8080"))
                .containsExactly(
                        new Port(8080, Protocol.TCP), new Port(9090, Protocol.UDP), new Port(80, Protocol.TCP));
    }

    @Test
    void aRangeStandsForEachOfItsPorts() {
        assertThat(Port.list("8000-8002/udp"))
                .containsExactly(
                        new Port(8000, Protocol.UDP), new Port(8001, Protocol.UDP), new Port(8002, Protocol.UDP));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "0", "65536", "-1", "80/sctp", "80/", "90-80", "1-9999"})
    void whatIsNoPortIsAnsweredWithHowToWriteOne(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Port.list(text))
                .withMessageStartingWith("v6.ports names '")
                .withMessageEndingWith("where needed: 8080,9090/udp.");
    }
}
