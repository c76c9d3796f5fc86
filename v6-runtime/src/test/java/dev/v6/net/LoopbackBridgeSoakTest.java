// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ten thousand connections that end in every way there is. */
class LoopbackBridgeSoakTest {
    private static final int CONNECTIONS = 10_000;
    private static final int CLIENTS = 32;
    private static final int MOST_BYTES = 300_000;
    private static final long SPARE_HEAP = 8L << 20;

    @Test
    @Timeout(180)
    void noByteDescriptorThreadOrHeapIsLost() throws Exception {
        InetAddress outside = InetAddress.getByName("127.0.0.2");
        try (Echo echo = new Echo(0)) {
            run(echo, outside, 200, 1); // so that what is loaded once is loaded
            long descriptors = descriptors();
            long heap = heap();

            Counts counts = run(echo, outside, CONNECTIONS, 2);

            assertThat(counts.wrong).isZero();
            assertThat(counts.whole).isGreaterThan(CONNECTIONS / 3);
            assertThat(counts.whole + counts.broken).isEqualTo(CONNECTIONS);
            await(() -> descriptors() <= descriptors + 2);
            assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().startsWith("v6-bridge"));
            assertThat(heap()).isLessThan(heap + SPARE_HEAP);
        }
    }

    private static Counts run(Echo echo, InetAddress outside, int connections, long seed) throws Exception {
        Counts sum = new Counts();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try (LoopbackBridge bridge = LoopbackBridge.to(echo.port()).at(outside).open()) {
            List<Future<Counts>> all = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                Random random = new Random(seed * 1000 + i);
                int share = connections / CLIENTS + (i < connections % CLIENTS ? 1 : 0);
                all.add(clients.submit(() -> client(outside, echo.port(), share, random)));
            }
            for (Future<Counts> one : all) {
                sum.add(one.get());
            }
            await(() -> bridge.connections() == 0);
            assertThat(bridge.refused()).isZero();
        } finally {
            clients.shutdownNow();
            assertThat(clients.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
        return sum;
    }

    private static Counts client(InetAddress address, int port, int connections, Random random) {
        Counts counts = new Counts();
        for (int i = 0; i < connections; i++) {
            byte[] bytes = new byte[random.nextInt(10) == 0 ? random.nextInt(MOST_BYTES) : random.nextInt(2_000)];
            random.nextBytes(bytes);
            try (Socket socket = new Socket(address, port)) {
                socket.setSoTimeout(20_000);
                one(socket, bytes, random.nextInt(6), counts);
            } catch (IOException seen) {
                counts.broken++;
            }
        }
        return counts;
    }

    private static void one(Socket socket, byte[] bytes, int way, Counts counts) throws IOException {
        switch (way) {
            case 0 -> { // reset, after half of it
                socket.getOutputStream().write(bytes, 0, bytes.length / 2);
                socket.setSoLinger(true, 0);
                counts.broken++;
            }
            case 1 -> { // abandoned: nobody reads the answer
                socket.getOutputStream().write(bytes, 0, Math.min(bytes.length, 1000));
                counts.broken++;
            }
            case 2 -> { // opened and closed
                counts.broken++;
            }
            default -> {
                Thread writer = new Thread(() -> write(socket, bytes));
                writer.start();
                byte[] heard = socket.getInputStream().readAllBytes();
                if (Arrays.equals(heard, bytes)) {
                    counts.whole++;
                } else {
                    counts.wrong++; // an end of stream that is none
                }
            }
        }
    }

    private static void write(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
        } catch (IOException e) {
            // The reader meets it, too.
        }
    }

    private static long descriptors() {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.count();
        } catch (IOException noProc) {
            throw new IllegalStateException(noProc);
        }
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("still waiting").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private static final class Counts {
        private int whole;
        private int broken;
        private int wrong;

        void add(Counts other) {
            whole += other.whole;
            broken += other.broken;
            wrong += other.wrong;
        }
    }
}
