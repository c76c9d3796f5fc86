// SPDX-License-Identifier: Apache-2.0
package dev.v6.samples.hello;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Binds the wildcard: one dual-stack socket that serves IPv4 and IPv6. */
final class Hello {
    private Hello() {}

    public static void main(String[] args) throws IOException {
        int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
        HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
        server.createContext("/", Hello::answer);
        server.start();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        byte[] hello = "hello\n".getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(200, hello.length);
            exchange.getResponseBody().write(hello);
        }
    }
}
