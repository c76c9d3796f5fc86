// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A socket that leads to a real engine until it is shut: for whoever uses it, the engine has died. */
final class EngineDoor implements AutoCloseable {
    private final Path socket;
    private final UnixDomainSocketAddress engine;
    private final ServerSocketChannel door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    private final List<SocketChannel> open = new CopyOnWriteArrayList<>();

    EngineDoor(Path socket, LabEngine engine) throws IOException {
        this.socket = socket;
        this.engine = UnixDomainSocketAddress.of(engine.host().substring("unix://".length()));
        door.bind(UnixDomainSocketAddress.of(socket));
        start(this::admit);
    }

    LabEngine engine() {
        return new LabEngine("door", "unix://" + socket);
    }

    private void admit() throws IOException {
        while (true) {
            SocketChannel client = door.accept();
            SocketChannel server = SocketChannel.open(engine);
            open.addAll(List.of(client, server));
            start(() -> copy(client, server));
            start(() -> copy(server, client));
        }
    }

    private static void copy(SocketChannel from, SocketChannel to) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        while (from.read(buffer.clear()) >= 0) {
            buffer.flip();
            while (buffer.hasRemaining()) {
                to.write(buffer);
            }
        }
        to.shutdownOutput();
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException shut) {
                // That is what the door is for.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        shut();
    }

    void shut() {
        try {
            door.close();
            for (SocketChannel channel : open) {
                channel.close();
            }
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Work {
        void run() throws IOException;
    }
}
