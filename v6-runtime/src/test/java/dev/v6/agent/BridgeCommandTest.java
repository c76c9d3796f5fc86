// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BridgeCommandTest {

    @Test
    void saysWhereItListensOrThatItWaits() throws Exception {
        int port;
        try (ServerSocket service = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            port = service.getLocalPort();
        }

        CommandLine bridge = CommandLine.run("bridge", Integer.toString(port), "--for", "300ms");

        assertThat(bridge.out()).isEqualTo("bridge " + port + "  waits for the service to listen\n");
        assertThat(bridge.code()).isZero();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', delimiter = '|', textBlock = """
            bridge                         | One bridge is opened. Write for example: bridge 8080
            bridge 0                       | A port must be a number from 1 to 65535, but is '0'.
            bridge 8081:8080               | '8081:8080' names no address between its ports.
            bridge 8081:localhost:8080     | 'localhost' is a name. Write the service's loopback address in digits
            bridge 8081:192.0.2.1:8080     | A bridge leads to loopback and nowhere else, and 192.0.2.1 is not loopback.
            bridge 80 --max-connections x  | --max-connections must be a number.
            bridge 80 --max-connections 0  | A bridge for 0 connections serves nobody.
            bridge 80 --idle-timeout 5     | --idle-timeout must be a time such as 500ms, 2s or 1m, but is '5'.
            bridge 80 --max 5              | There is no option --max. Known are
            """)
    void badInputIsASentenceWithWhatToDo(String words, String said) {
        CommandLine bridge = CommandLine.run(words.split(" ", -1));

        assertThat(bridge.code()).isEqualTo(2);
        assertThat(bridge.err()).startsWith("v6 bridge: " + said).endsWith(" See bridge --help.\n");
    }
}
