// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.check;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.CountDownLatch;

/** Runs in a container, with the JDK alone: listens on port 8080 as its word says, until it is ended. */
final class Listening {
    private static final int PORT = 8080;

    private Listening() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        ServerSocketChannel server =
                switch (args[0]) {
                    case "dual" -> ServerSocketChannel.open().bind(new InetSocketAddress(PORT));
                    case "ipv4" ->
                        ServerSocketChannel.open(StandardProtocolFamily.INET)
                                .bind(new InetSocketAddress(InetAddress.getByName("0.0.0.0"), PORT));
                    case "loopback" ->
                        ServerSocketChannel.open()
                                .bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), PORT));
                    default -> throw new IllegalArgumentException(args[0]);
                };
        System.out.println("up on " + server.getLocalAddress());
        new CountDownLatch(1).await();
    }
}
