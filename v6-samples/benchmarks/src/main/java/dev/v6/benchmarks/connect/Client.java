// SPDX-License-Identifier: Apache-2.0
package dev.v6.benchmarks.connect;

import com.sun.net.httpserver.HttpServer;
import dev.v6.net.HappyEyeballs;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** One client in a JVM of its own, and the server. */
public final class Client {
    static final Duration TIMEOUT = Duration.ofSeconds(5);
    static final int FAULTY = 8080;
    private static final int HEALTHY = 8081;
    private static final String HOST = "db.test";
    private static final int WARM_UP = 20;

    private Client() {}

    private interface Get {
        void from(int port) throws IOException, InterruptedException;
    }

    /**
     * Prints the milliseconds of the first and of the second GET from the faulty port, -1 for none in time.
     *
     * @param args the client, or {@code --serve}
     * @throws IOException if the healthy port does not answer
     * @throws InterruptedException if interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args[0].equals("--serve")) {
            serve();
            return;
        }
        Get get =
                switch (args[0]) {
                    case "HappyEyeballs" -> port -> exchange(HappyEyeballs.connect(HOST, port, TIMEOUT));
                    case "Socket.connect" -> Client::plain;
                    case "java.net.http" -> jdk();
                    default -> okHttp();
                };
        for (int i = 0; i < WARM_UP; i++) {
            get.from(HEALTHY);
        }
        System.out.println(millis(get) + " " + millis(get));
        Runtime.getRuntime().halt(0); // some clients keep threads
    }

    private static double millis(Get get) throws InterruptedException {
        long began = System.nanoTime();
        try {
            get.from(FAULTY);
        } catch (IOException e) {
            return -1;
        }
        return (System.nanoTime() - began) / 1e6;
    }

    @SuppressWarnings("AddressSelection") // what most programs do
    private static void plain(int port) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(HOST, port), (int) TIMEOUT.toMillis());
        exchange(socket);
    }

    private static void exchange(Socket connected) throws IOException {
        try (Socket socket = connected) {
            OutputStream out = socket.getOutputStream();
            out.write(("GET / HTTP/1.1\r\nHost: " + HOST + "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes();
        }
    }

    private static Get jdk() {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TIMEOUT)
                .build();
        return port -> client.send(
                HttpRequest.newBuilder(URI.create("http://" + HOST + ":" + port + "/"))
                        .timeout(TIMEOUT)
                        .build(),
                HttpResponse.BodyHandlers.discarding());
    }

    private static Get okHttp() {
        OkHttpClient client = new OkHttpClient.Builder()
                .fastFallback(true)
                .callTimeout(TIMEOUT)
                .build();
        return port -> {
            Request request = new Request.Builder()
                    .url("http://" + HOST + ":" + port + "/")
                    .build();
            try (Response response = client.newCall(request).execute()) {
                response.body().bytes();
            }
        };
    }

    private static void serve() throws IOException, InterruptedException {
        for (int port : new int[] {FAULTY, HEALTHY}) {
            HttpServer server = HttpServer.create(new InetSocketAddress(port), 500);
            server.createContext("/", exchange -> {
                exchange.getResponseHeaders().set("Connection", "close"); // so that each request connects anew
                byte[] body = "hello\n".getBytes(StandardCharsets.US_ASCII);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
        }
        System.out.println("ready");
        new CountDownLatch(1).await();
    }
}
