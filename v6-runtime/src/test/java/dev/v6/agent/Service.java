// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A service for tests, run in a JVM of its own. Arguments: the address to bind, or {@code any}; then system properties
 * {@code name=value} to set by code, once a line comes in. It tells its port (property {@code service.port}, or any that
 * is free), serves, and ends with its input.
 */
public final class Service {
    private Service() {}

    public static void main(String[] args) throws IOException {
        if (args.length > 1) {
            System.in.read();
            int equals = args[1].indexOf('=');
            System.setProperty(args[1].substring(0, equals), args[1].substring(equals + 1));
        }
        try (ServerSocket server = open(args[0])) {
            System.out.println(server.getLocalPort());
            Thread thread = new Thread(() -> serve(server));
            thread.setDaemon(true);
            thread.start();
            while (System.in.read() >= 0) {
                // Only the end of the input ends the service.
            }
        }
    }

    private static ServerSocket open(String address) throws IOException {
        int port = Integer.getInteger("service.port", 0);
        return address.equals("any")
                ? new ServerSocket(port)
                : new ServerSocket(port, 50, InetAddress.getByName(address));
    }

    private static void serve(ServerSocket server) {
        while (true) {
            try (Socket client = server.accept();
                    OutputStream out = client.getOutputStream()) {
                out.write("hello\n".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                if (server.isClosed()) {
                    return;
                }
            }
        }
    }
}
