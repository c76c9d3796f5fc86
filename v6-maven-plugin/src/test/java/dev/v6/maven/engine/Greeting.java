// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Runs in a container, with the JDK alone: greets on port 8080 of the address that it is given, or of {@code any}. */
final class Greeting {
    private static final int PORT = 8080;

    private Greeting() {}

    public static void main(String[] args) throws IOException {
        try (ServerSocket server = args[0].equals("any")
                ? new ServerSocket(PORT)
                : new ServerSocket(PORT, 50, InetAddress.getByName(args[0]))) {
            while (true) {
                try (Socket client = server.accept();
                        OutputStream out = client.getOutputStream()) {
                    out.write("hello\n".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    // The client's own matter.
                }
            }
        }
    }
}
