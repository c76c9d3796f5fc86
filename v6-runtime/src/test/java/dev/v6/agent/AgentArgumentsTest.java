// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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
                "verbose | There is no agent argument verbose. Known are check, ports",
                "bridge=on | v6.bridge is 'on', which is not known. Write auto or off.",
                "bridge=auto | bridge=auto bridges named ports only, and none is.",
                "ports | v6.check.ports names no port. Write for example ports=8080+8443.",
                "ports=http | v6.check.ports is wrong. A port must be a number from 1 to 65535, but is 'http'.",
                "ports=53/udp | v6.check.ports is wrong. 53/udp is a UDP port",
                "check=of | v6.check is 'of', which is not known, and so taken as warn. Did you mean off?",
                "fix=yes | v6.fix is 'yes', which is not known. Write true or false.",
                "every=1h | v6.check.every must be a time such as 500ms, 2s or 1m, but is '1h'.",
                "timeout= | v6.check.timeout must be a time such as 500ms, 2s or 1m, but is ''.",
                "dns=on,dns=off | The agent argument dns is there twice, and the last one counts. Leave one out.",
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

    @Test
    void whatIsSetGoesBeforeWhatIsWritten() {
        System.setProperty("v6.check.ports", "9090,9091");
        System.setProperty("v6.check", "fail");
        try {
            AgentArguments parsed = AgentArguments.parse("ports=8080,check=off,timeout=5s,every=1m,report=/tmp/r.json");

            assertThat(parsed.ports()).containsExactly(9090, 9091);
            assertThat(parsed.mode()).isEqualTo(CheckMode.FAIL);
            assertThat(parsed.patience()).isEqualTo(Duration.ofSeconds(5));
            assertThat(parsed.every()).isEqualTo(Duration.ofMinutes(1));
            assertThat(parsed.report()).isEqualTo("/tmp/r.json");
            assertThat(parsed.complaints()).isEmpty();
        } finally {
            System.clearProperty("v6.check.ports");
            System.clearProperty("v6.check");
        }
    }
}
