// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentArgumentsTest {
    @Test
    void portsAreJoinedByPlus() {
        assertThat(AgentArguments.parse("ports=8080+8443/tcp").ports()).containsExactly(8080, 8443);
        assertThat(AgentArguments.parse("ports=8080+8443/tcp").complaints()).isEmpty();
    }

    @Test
    void nothingIsFine() {
        assertThat(AgentArguments.parse(null).complaints()).isEmpty();
        assertThat(AgentArguments.parse("").ports()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "port=8080 | There is no agent argument port. Did you mean ports?",
                "verbose | There is no agent argument verbose. Known are ports",
                "bridge=on | The agent argument bridge=on is not known. Write bridge=auto.",
                "bridge=auto | The agent argument bridge=auto bridges named ports only, and none is.",
                "ports | The agent argument ports names none. Write for example ports=8080+8443.",
                "ports=http | The agent argument ports is wrong. A port must be a number from 1 to 65535, but is 'http'.",
                "ports=53/udp | The agent argument ports is wrong. 53/udp is a UDP port",
            })
    void whatMakesNoSenseIsComplainedOf(String text, String complaint) {
        AgentArguments parsed = AgentArguments.parse(text);

        assertThat(parsed.ports()).isEmpty();
        assertThat(parsed.complaints()).singleElement().asString().startsWith(complaint);
    }

    @Test
    void restIsReadAllTheSame() {
        AgentArguments parsed = AgentArguments.parse("prots=1,ports=8080+x+8443");

        assertThat(parsed.ports()).containsExactly(8080, 8443);
        assertThat(parsed.complaints()).hasSize(2);
    }
}
