// SPDX-License-Identifier: Apache-2.0
package dev.v6.samples.ipv4only;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Binds the wildcard like any other; the JVM flag in the POM makes that IPv4 alone. */
final class Ipv4Only {
    private Ipv4Only() {}

    public static void main(String[] args) throws IOException {
        int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
        HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
        server.createContext("/", Ipv4Only::answer);
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
