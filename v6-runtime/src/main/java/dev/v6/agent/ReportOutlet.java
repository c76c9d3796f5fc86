// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where reports go: a file, which holds the last one; or a Unix socket, where whoever connects has the place checked anew
 * and is given the report. No port is opened.
 */
final class ReportOutlet implements AutoCloseable {
    private static final String UNIX = "unix:";

    /** For whoever asks and then does not read. */
    private static final Duration READING = Duration.ofSeconds(2);

    private final @Nullable Path file;
    private final @Nullable ServerSocketChannel socket;
    private final @Nullable Selector selector;
    private @Nullable SocketChannel asker;

    private ReportOutlet(@Nullable Path file, @Nullable ServerSocketChannel socket, @Nullable Selector selector) {
        this.file = file;
        this.socket = socket;
        this.selector = selector;
    }

    static ReportOutlet nowhere() {
        return new ReportOutlet(null, null, null);
    }

    /**
     * Opens what the setting names.
     *
     * @param where a file; {@code unix:} and a path; or nothing
     * @throws IOException if a socket cannot be opened there
     */
    static ReportOutlet open(String where) throws IOException {
        if (where.isEmpty()) {
            return nowhere();
        }
        return where.startsWith(UNIX)
                ? listening(Path.of(where.substring(UNIX.length())))
                : new ReportOutlet(Path.of(where), null, null);
    }

    private static ReportOutlet listening(Path path) throws IOException {
        removeLeftover(path);
        ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            socket.bind(UnixDomainSocketAddress.of(path));
            path.toFile().deleteOnExit();
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            socket.configureBlocking(false);
            Selector selector = Selector.open();
            socket.register(selector, SelectionKey.OP_ACCEPT);
            return new ReportOutlet(null, socket, selector);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** A socket that a killed JVM left behind keeps nobody from listening there. */
    private static void removeLeftover(Path path) throws IOException {
        if (!Files.exists(path) || Files.isRegularFile(path) || Files.isDirectory(path)) {
            return; // what is no socket is not ours to remove
        }
        try {
            SocketChannel.open(UnixDomainSocketAddress.of(path)).close();
        } catch (IOException nobody) {
            Files.delete(path);
            return;
        }
        throw new IOException("somebody listens there already");
    }

    /** Writes the file, or answers whoever asked. */
    void put(String json) throws IOException {
        if (file != null) {
            ReportFile.write(file, json + '\n');
        }
        try (SocketChannel to = asker) {
            if (to != null) {
                answer(to, ByteBuffer.wrap((json + '\n').getBytes(StandardCharsets.UTF_8)));
            }
        } catch (IOException e) {
            // It has gone without waiting for the answer: its own matter.
        } finally {
            asker = null;
        }
    }

    private static void answer(SocketChannel to, ByteBuffer bytes) throws IOException {
        long end = System.nanoTime() + READING.toNanos();
        try (Selector ready = Selector.open()) {
            to.configureBlocking(false);
            to.register(ready, SelectionKey.OP_WRITE);
            while (bytes.hasRemaining() && System.nanoTime() - end < 0) {
                ready.select(READING.toMillis());
                to.write(bytes);
            }
        }
    }

    /**
     * Waits until the next report is due, or asked for.
     *
     * @param every how often one is due, null for never
     * @return false if neither will ever be so
     */
    boolean await(@Nullable Duration every) throws IOException, InterruptedException {
        Selector asking = selector;
        ServerSocketChannel listening = socket;
        if (asking == null || listening == null) {
            if (every != null) {
                TimeUnit.NANOSECONDS.sleep(every.toNanos());
            }
            return every != null;
        }
        asking.select(every == null ? 0 : Math.max(1, every.toMillis()));
        asking.selectedKeys().clear();
        asker = listening.accept();
        return !Thread.interrupted();
    }

    @Override
    public void close() throws IOException {
        if (selector != null && socket != null) {
            selector.close();
            socket.close();
        }
    }
}
