// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import dev.v6.Family;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A service on loopback that says what it hears, and has said all when its client has. */
final class Echo implements AutoCloseable {
    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "echo");
        thread.setDaemon(true);
        return thread;
    });

    Echo(int port) throws IOException {
        this(port, Family.IPV4.loopback());
    }

    Echo(int port, InetAddress address) throws IOException {
        server = new ServerSocket(port, 1024, address);
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                threads.execute(() -> say(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void say(Socket client) {
        try (client) {
            client.getInputStream().transferTo(client.getOutputStream());
            client.shutdownOutput();
        } catch (IOException reset) {
            // The client's way of ending.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
