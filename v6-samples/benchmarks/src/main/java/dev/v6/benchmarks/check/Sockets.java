// SPDX-License-Identifier: Apache-2.0
package dev.v6.benchmarks.check;

import dev.v6.check.Report;
import dev.v6.check.SelfCheck;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A service with many sockets that checks itself, or one beside it that only has them. */
final class Sockets {
    private static final int PORT = 8080;
    private static final int FIRST = 20_000;

    /** What the JVM and the check need besides. */
    private static final int SPARE = 1_000;

    private static final List<Closeable> HELD = new ArrayList<>();

    private Sockets() {}

    /**
     * Serves and checks, or holds.
     *
     * @param args {@code serve LISTENERS CONNECTIONS RUNS}, or {@code hold CONNECTIONS}
     * @throws IOException if a socket cannot be had
     */
    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        if (args[0].equals("hold")) {
            System.out.println(connect(PORT + 1, Integer.parseInt(args[1])));
            in.readLine();
            return;
        }
        int listeners = Integer.parseInt(args[1]);
        HELD.add(ServerSocketChannel.open().bind(new InetSocketAddress(PORT)));
        for (int i = 1; i < listeners; i++) {
            HELD.add(ServerSocketChannel.open().bind(new InetSocketAddress(FIRST + i)));
        }
        System.out.println(connect(PORT, Integer.parseInt(args[2])));
        in.readLine();
        check(Integer.parseInt(args[3]));
    }

    /** Each connection is two sockets, both of this process. */
    private static int connect(int port, int wanted) throws IOException {
        if (wanted == 0) {
            return 0;
        }
        ServerSocketChannel server = port == PORT
                ? (ServerSocketChannel) HELD.get(0)
                : ServerSocketChannel.open().bind(new InetSocketAddress(0), 4096);
        int to = ((InetSocketAddress) server.getLocalAddress()).getPort();
        long most = (openFiles() - SPARE) / 2;
        int made = 0;
        while (made < Math.min(wanted, most)) {
            // Another address for each 20,000, so that there are ports enough.
            HELD.add(SocketChannel.open(new InetSocketAddress(
                    InetAddress.getByAddress(new byte[] {127, 0, 1, (byte) (made / 20_000)}), to)));
            HELD.add(server.accept());
            made++;
        }
        if (port != PORT) {
            server.close(); // what is left are connections, as of one service with all of them
        }
        return made;
    }

    private static long openFiles() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/limits"))) {
            if (line.startsWith("Max open files")) {
                return Long.parseLong(
                        line.substring("Max open files".length()).trim().split(" +", 2)[0]);
            }
        }
        throw new IOException("/proc/self/limits does not tell of open files.");
    }

    private static void check(int runs) throws IOException {
        SelfCheck check = SelfCheck.of(List.of());
        double first = millis(check);
        double[] next = new double[runs];
        for (int i = 0; i < runs; i++) {
            next[i] = millis(check);
        }
        Arrays.sort(next);
        System.out.printf(
                Locale.ROOT,
                "%,d %,d %.0f %.0f%n",
                rows("/proc/self/net/tcp") + rows("/proc/self/net/tcp6"),
                entries(Path.of("/proc/self/fd")),
                first,
                next[runs / 2]);
    }

    private static double millis(SelfCheck check) {
        long began = System.nanoTime();
        Report report = check.run();
        double millis = (System.nanoTime() - began) / 1e6;
        if (!report.ports().containsKey(PORT)) {
            throw new IllegalStateException("The check did not see port " + PORT + ": " + report.text());
        }
        return millis;
    }

    private static long rows(String table) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of(table))) {
            return lines.count() - 1;
        }
    }

    private static long entries(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.count();
        }
    }
}
