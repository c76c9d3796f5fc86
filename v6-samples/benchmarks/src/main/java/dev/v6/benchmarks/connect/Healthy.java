// SPDX-License-Identifier: Apache-2.0
package dev.v6.benchmarks.connect;

import dev.v6.benchmarks.Children;
import dev.v6.net.HappyEyeballs;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How long a connect takes where nothing is wrong: HappyEyeballs beside Socket.connect, in turns, in one JVM. The
 * server is another process.
 */
public final class Healthy {
    private static final int ROUNDS = 60;
    private static final int WARM_UP = 20;
    private static final int CONNECTS = 400;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private Healthy() {}

    private interface Connect {
        Socket to(String host, int port) throws IOException;
    }

    private record Way(String name, Connect connect) {}

    /**
     * Measures, or serves.
     *
     * @param args hosts that lead to this machine; or {@code --serve}
     * @throws IOException if a connect fails
     */
    @SuppressWarnings("AddressSelection") // what most programs do
    public static void main(String[] args) throws IOException {
        if (args.length == 1 && args[0].equals("--serve")) {
            serve();
            return;
        }
        List<Way> ways = List.of(
                new Way("`Socket.connect`, with a timeout", (host, port) -> {
                    Socket socket = new Socket();
                    socket.connect(new InetSocketAddress(host, port), (int) TIMEOUT.toMillis());
                    return socket;
                }),
                new Way("`Socket.connect`, without", (host, port) -> {
                    Socket socket = new Socket();
                    socket.connect(new InetSocketAddress(host, port));
                    return socket;
                }),
                new Way("`HappyEyeballs.connect`", (host, port) -> HappyEyeballs.connect(host, port, TIMEOUT)));
        Process server = Children.java(List.of(), Healthy.class, "--serve");
        try {
            int port = Integer.parseInt(Children.line(server));
            System.out.println("| host | how | median | ratio | ratio, the middle 8 of 10 rounds |");
            System.out.println("| --- | --- | --- | --- | --- |");
            for (String host : args.length == 0 ? new String[] {"localhost", "127.0.0.1", "::1"} : args) {
                measure(host, port, ways);
            }
        } finally {
            server.destroyForcibly();
        }
    }

    private static void serve() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 500)) {
            System.out.println(server.getLocalPort());
            while (true) {
                try (Socket client = server.accept()) {
                    client.getInputStream().read();
                } catch (IOException e) {
                    // clients reset their connections, so that no port waits in TIME_WAIT
                }
            }
        }
    }

    private static void measure(String host, int port, List<Way> ways) throws IOException {
        double[][] medians = new double[ways.size()][ROUNDS];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            for (int i = 0; i < ways.size(); i++) {
                int way = Math.floorMod(i + round, ways.size());
                double micros = micros(ways.get(way).connect(), host, port);
                if (round >= 0) {
                    medians[way][round] = micros;
                }
            }
        }
        for (int way = 0; way < ways.size(); way++) {
            double[] ratios = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                ratios[round] = medians[way][round] / medians[0][round];
            }
            Arrays.sort(ratios);
            double[] sorted = medians[way].clone();
            Arrays.sort(sorted);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %.1f µs | %.2f | %.2f to %.2f |%n",
                    host,
                    ways.get(way).name(),
                    sorted[ROUNDS / 2],
                    ratios[ROUNDS / 2],
                    ratios[ROUNDS / 10],
                    ratios[ROUNDS * 9 / 10]);
        }
    }

    private static double micros(Connect connect, String host, int port) throws IOException {
        long[] nanos = new long[CONNECTS];
        for (int i = 0; i < CONNECTS; i++) {
            long began = System.nanoTime();
            try (Socket socket = connect.to(host, port)) {
                nanos[i] = System.nanoTime() - began;
                socket.setSoLinger(true, 0);
            }
        }
        Arrays.sort(nanos);
        return nanos[CONNECTS / 2] / 1e3;
    }
}
