// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import dev.v6.AddressText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that tells each client at which address it was found, or closes without a word. */
final class Greeter implements AutoCloseable {
    private final ServerSocket server;
    private final boolean mute;
    private final AtomicInteger accepted = new AtomicInteger();

    private Greeter(ServerSocket server, boolean mute) {
        this.server = server;
        this.mute = mute;
        Thread thread = new Thread(this::serve, "greeter");
        thread.setDaemon(true);
        thread.start();
    }

    static Greeter at(InetAddress address, int port) throws IOException {
        return new Greeter(new ServerSocket(port, 500, address), false);
    }

    /** As a proxy with nothing behind it. */
    static Greeter mute(InetAddress address, int port) throws IOException {
        return new Greeter(new ServerSocket(port, 500, address), true);
    }

    int port() {
        return server.getLocalPort();
    }

    int accepted() {
        return accepted.get();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                accepted.incrementAndGet();
                if (!mute) {
                    String address = AddressText.of(client.getLocalAddress());
                    client.getOutputStream().write((address + "\n").getBytes(StandardCharsets.US_ASCII));
                }
            } catch (IOException e) {
                // that client went away, or the server was closed
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
