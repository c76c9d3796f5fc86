// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An HTTP server on a Unix socket that says of itself what an engine says, and remembers what it was asked. */
final class FakeEngine implements AutoCloseable {
    private final ServerSocketChannel server;
    private final @Nullable String answer;
    private final List<String> asked = new ArrayList<>();
    private final List<SocketChannel> open = new ArrayList<>();

    private FakeEngine(Path socket, @Nullable String answer) throws IOException {
        this.answer = answer;
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread accepting = new Thread(this::accept, "fake-engine");
        accepting.setDaemon(true);
        accepting.start();
    }

    /** One that offers a range of versions. */
    static FakeEngine offering(Path socket, String newest, String oldest) throws IOException {
        return answering(
                socket,
                200,
                "{\"Version\":\"x\",\"ApiVersion\":\"" + newest + "\",\"MinAPIVersion\":\"" + oldest + "\"}");
    }

    /** One that answers whatever it is told to. */
    static FakeEngine answering(Path socket, int status, String body) throws IOException {
        return new FakeEngine(
                socket,
                "HTTP/1.1 " + status + " x\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body);
    }

    /** One that accepts and says nothing. */
    static FakeEngine silent(Path socket) throws IOException {
        return new FakeEngine(socket, null);
    }

    /** The request lines, in order. */
    synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel client = server.accept();
                String request = request(client);
                synchronized (this) {
                    open.add(client);
                    asked.add(request);
                }
                if (answer != null) {
                    client.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
                    client.close();
                }
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private static String request(SocketChannel client) throws IOException {
        StringBuilder text = new StringBuilder();
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        while (text.indexOf("\r\n\r\n") < 0 && client.read(buffer) >= 0) {
            text.append(StandardCharsets.UTF_8.decode(buffer.flip()));
            buffer.clear();
        }
        return text.substring(0, Math.max(0, text.indexOf("\r\n")));
    }

    @Override
    public synchronized void close() throws IOException {
        server.close();
        for (SocketChannel client : open) {
            client.close();
        }
    }
}
