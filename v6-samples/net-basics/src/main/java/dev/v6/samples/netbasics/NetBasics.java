// SPDX-License-Identifier: Apache-2.0
package dev.v6.samples.netbasics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.v6.net.DualStack;
import dev.v6.net.HappyEyeballs;
import dev.v6.net.LoopbackBridge;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Listens, connects and bridges, each in its shortest form. */
final class NetBasics {
    private NetBasics() {}

    public static void main(String[] args) throws IOException {
        int port = port("PORT", 8080);
        int oldPort = port("OLD_PORT", 8081);

        // An old service that listens on localhost alone, and a bridge that lets others reach it.
        HttpServer old = HttpServer.create(new InetSocketAddress("localhost", oldPort), 0);
        old.createContext("/", exchange -> answer(exchange, "hello from the old service\n"));
        old.start();
        LoopbackBridge.to(oldPort).open();

        // Both families, or an exception that says why not and what to do.
        HttpServer server = DualStack.on(port).httpServer();
        server.createContext("/", exchange -> answer(exchange, ask(oldPort)));
        server.start();
    }

    /** Whichever family answers, without waiting for one that does not. */
    private static String ask(int port) throws IOException {
        try (Socket socket = HappyEyeballs.connect("localhost", port, Duration.ofSeconds(2))) {
            socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.substring(answer.indexOf("\r\n\r\n") + 4);
        }
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static int port(String name, int otherwise) {
        String value = System.getenv(name);
        return value == null ? otherwise : Integer.parseInt(value);
    }
}
