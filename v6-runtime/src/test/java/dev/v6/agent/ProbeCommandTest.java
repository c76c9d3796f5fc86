// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Index.atIndex;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProbeCommandTest {
    private HttpServer server;
    private String port;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("::1"), 0), 10);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        port = Integer.toString(server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void answeredIsFine() {
        CommandLine probe = CommandLine.run("probe", "[::1]", port + "/tcp");

        assertThat(probe.out())
                .startsWith("ok            [::1]:" + port + "  ")
                .endsWith(" ms  answered HTTP/1.1 204 No Content\n");
        assertThat(probe.code()).isZero();
        assertThat(probe.err()).isEmpty();
    }

    @Test
    void targetsThatAreToldLaterAreTriedToo() {
        CommandLine probe =
                told("[::1]:" + port + "\n\n127.0.0.1:1\n", "--stdin", "--until", "30s", "--json", "--facts");

        assertThat(probe.code()).isZero();
        assertThat(probe.out().lines().toList())
                .hasSize(2)
                .satisfies(
                        line -> assertThat(line)
                                .startsWith("{\"event\":\"facts\"")
                                .contains("127.0.0.1"),
                        atIndex(0))
                .satisfies(line -> assertThat(line).contains("\"outcome\":\"ok\""), atIndex(1));
    }

    @Test
    void oneToldTargetThatDoesNotAnswerIsNotFine() {
        CommandLine probe = told("[::1]:" + port + "\n127.0.0.1:" + port + "\n", "--stdin", "--until", "1s");

        assertThat(probe.code()).isEqualTo(1);
        assertThat(probe.out()).contains("ok   ", "refused   ");
    }

    @Test
    void whatIsToldMustBeAddressesAndTheWaitMustEnd() {
        assertThat(told("localhost:80\n", "--stdin", "--until", "1s").err()).contains("'localhost:80'", "Write");
        assertThat(told("", "--stdin").err()).contains("--until");
    }

    private static CommandLine told(String input, String... words) {
        return CommandLine.run(new ProbeCommand(new ByteArrayInputStream(input.getBytes(US_ASCII))), words);
    }

    @Test
    void oneThatDoesNotAnswerIsNotFine() {
        CommandLine probe = CommandLine.run(
                "probe", "--target", "[::1]:" + port, "--target", "127.0.0.1:" + port, "--json", "--timeout", "5s");

        assertThat(probe.code()).isEqualTo(1);
        assertThat(probe.out().lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).startsWith("{\"event\":\"probe\",\"address\":\""))
                .anySatisfy(line -> assertThat(line).contains("\"family\":\"IPv6\",\"outcome\":\"ok\""))
                .anySatisfy(line -> assertThat(line).contains("\"family\":\"IPv4\",\"outcome\":\"refused\""));
    }

    @Test
    void everyAddressOfANameIsShown() {
        CommandLine probe = CommandLine.run("probe", "localhost", port);

        assertThat(probe.out()).contains("127.0.0.1:" + port);
        assertThat(probe.out()).containsAnyOf("[::1]:" + port, "the name localhost has no IPv6 address");
    }

    @Test
    void nameWithoutAnAddressIsNotFine() {
        CommandLine probe = CommandLine.run("probe", "no-such-name.invalid", "80");

        assertThat(probe.code()).isEqualTo(1);
        assertThat(probe.err()).contains("The name no-such-name.invalid has no address here.");
    }

    @Test
    void triesAgainUntilItAnswers() throws IOException {
        int free = freePort();
        HttpServer late = HttpServer.create();
        late.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        Thread opening = new Thread(() -> {
            try {
                late.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), free), 10);
                late.start();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        LineCatcher out = new LineCatcher(line -> {
            if (line.startsWith("refused")) {
                opening.start();
            }
        });
        try {
            int code = Main.run(List.of("probe", "127.0.0.1", Integer.toString(free), "--until", "30s"), out, out);

            assertThat(out.lines()).hasSize(2);
            assertThat(out.lines().get(1)).startsWith("ok ");
            assertThat(code).isZero();
        } finally {
            late.stop(0);
        }
    }

    @Test
    void givesUpWhenTheTimeIsOver() throws IOException {
        CommandLine probe = CommandLine.run("probe", "127.0.0.1", Integer.toString(freePort()), "--until", "300ms");

        assertThat(probe.code()).isEqualTo(1);
        assertThat(probe.out().lines()).as("said once, tried often").hasSize(1);
        assertThat(probe.out()).startsWith("refused ");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
