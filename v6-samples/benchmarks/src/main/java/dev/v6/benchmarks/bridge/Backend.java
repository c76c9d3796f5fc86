// SPDX-License-Identifier: Apache-2.0
package dev.v6.benchmarks.bridge;

import dev.v6.Family;
import dev.v6.net.LoopbackBridge;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** The service behind the proxies: answers a connection's first bytes with one byte, and throws the rest away. */
final class Backend {
    private static final Object ANSWERED = new Object();

    private final Selector selector = Selector.open();
    private final List<LoopbackBridge> bridges = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);

    private Backend() throws IOException {}

    /** With an argument, it has a bridge of its own at that port. */
    public static void main(String[] args) throws IOException {
        new Backend().serve(args);
    }

    private void serve(String[] bridged) throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(Family.IPV4.loopback(), 0), 4096);
            server.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
            int port = server.socket().getLocalPort();
            for (String at : bridged) {
                bridges.add(LoopbackBridge.to(port)
                        .on(Integer.parseInt(at))
                        .at(Family.IPV4.loopback())
                        .open());
            }
            System.out.println(port);
            while (true) {
                selector.select(key -> ready(key, server));
            }
        }
    }

    private void ready(SelectionKey key, ServerSocketChannel server) {
        if (key.isAcceptable()) {
            accept(server);
            return;
        }
        SocketChannel client = (SocketChannel) key.channel();
        try {
            int read = client.read(buffer.clear());
            if (read > 0 && key.attachment() == null) {
                key.attach(ANSWERED);
                client.write(ByteBuffer.wrap(new byte[1]));
            }
            if (read < 0) {
                client.close();
            }
        } catch (IOException gone) {
            close(client);
        }
    }

    private void accept(ServerSocketChannel server) {
        try {
            for (SocketChannel client = server.accept(); client != null; client = server.accept()) {
                client.configureBlocking(false).register(selector, SelectionKey.OP_READ);
            }
        } catch (IOException e) {
            throw new IllegalStateException("The backend cannot accept. Raise the limit of open files.", e);
        }
    }

    private static void close(SocketChannel client) {
        try {
            client.close();
        } catch (IOException gone) {
            // It is.
        }
    }
}
