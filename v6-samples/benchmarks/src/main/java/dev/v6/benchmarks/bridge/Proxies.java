// SPDX-License-Identifier: Apache-2.0
package dev.v6.benchmarks.bridge;

import dev.v6.Family;
import dev.v6.benchmarks.Children;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * LoopbackBridge beside socat and docker-proxy, each a process of its own in front of the same backend, in turns, over
 * 127.0.0.1: connections a second, bytes a second, and the memory of idle connections; and the bridge inside a service,
 * where its memory is what the service's process has more than the same service without it, under the same load. Prints
 * the medians and, in brackets, how many times the bridge of its own process has of each.
 */
public final class Proxies {
    private static final Duration TIME = Duration.ofSeconds(3);
    private static final Duration START = Duration.ofSeconds(10);
    private static final int IDLE = 1_000;
    private static final int STREAMS = 64;
    private static final List<String> SMALL = List.of("-Xmx32m", "-XX:+UseSerialGC");
    private static final List<String> WHAT =
            List.of("connections/s", "Gbit/s, 1 stream", "Gbit/s, 64 streams", "MiB at rest", "MiB with 1,000 idle");

    private static final int MEMORY = 3;
    private static final int DIRECT = 0;
    private static final int INSIDE = 1;
    private static final int OWN = 2;

    private Proxies() {}

    private record Peer(String name, Process process, InetSocketAddress address, List<double[]> rounds) {
        Peer(String name, Process process, InetSocketAddress address) {
            this(name, process, address, new ArrayList<>());
        }

        double median(int what) {
            double[] sorted =
                    rounds.stream().mapToDouble(round -> round[what]).sorted().toArray();
            return sorted[sorted.length / 2];
        }
    }

    /**
     * Measures.
     *
     * @param args how many rounds; 5 if not told
     * @throws IOException if a proxy cannot be started or fails
     * @throws InterruptedException if interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        int rounds = args.length == 0 ? 5 : Integer.parseInt(args[0]);
        Process backend = Children.java(List.of(), Backend.class);
        List<Peer> peers = new ArrayList<>();
        try {
            start(peers, Integer.parseInt(Children.line(backend)));
            for (int round = -1; round < rounds; round++) { // the first one warms up
                for (int i = 0; i < peers.size(); i++) {
                    Peer peer = peers.get(Math.floorMod(i + round, peers.size()));
                    double[] values = measure(peer);
                    if (round >= 0) {
                        peer.rounds().add(values);
                    }
                }
            }
            print(peers);
        } finally {
            backend.destroyForcibly();
            for (Peer peer : peers) {
                peer.process().descendants().forEach(ProcessHandle::destroyForcibly);
                peer.process().destroyForcibly();
            }
        }
    }

    private static void start(List<Peer> peers, int service) throws IOException, InterruptedException {
        Process direct = java(Backend.class);
        peers.add(new Peer("direct", direct, loopback(Integer.parseInt(Children.line(direct)))));
        int port = free();
        peers.add(new Peer("LoopbackBridge inside", java(Backend.class, port), loopback(port)));
        port = free();
        peers.add(new Peer("LoopbackBridge", java(Bridge.class, port, service), loopback(port)));
        port = free();
        command(
                peers,
                "socat",
                port,
                "socat",
                "TCP-LISTEN:" + port + ",bind=127.0.0.1,fork,reuseaddr,backlog=1024",
                "TCP:127.0.0.1:" + service);
        port = free();
        // docker-proxy tells on its third descriptor that it is ready.
        command(
                peers,
                "docker-proxy",
                port,
                "sh",
                "-c",
                "exec docker-proxy -proto tcp -host-ip 127.0.0.1 -host-port " + port
                        + " -container-ip 127.0.0.1 -container-port " + service + " 3>/dev/null");
        for (Peer peer : peers) {
            await(peer);
        }
    }

    private static Process java(Class<?> main, int... arguments) throws IOException {
        return Children.java(
                List.of(),
                main,
                Stream.concat(SMALL.stream(), Arrays.stream(arguments).mapToObj(String::valueOf))
                        .toArray(String[]::new));
    }

    private static void command(List<Peer> peers, String name, int port, String... words) throws IOException {
        boolean there = Arrays.stream(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
        if (!there) {
            System.err.println(name + " is not installed, so it is left out. Install it to compare with it.");
            return;
        }
        Process process = new ProcessBuilder(words)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        peers.add(new Peer(name, process, loopback(port)));
    }

    private static void await(Peer peer) throws IOException, InterruptedException {
        long end = System.nanoTime() + START.toNanos();
        while (true) {
            try {
                SocketChannel.open(peer.address()).close();
                return;
            } catch (IOException notYet) {
                if (System.nanoTime() - end > 0) {
                    throw new IOException(peer.name() + " does not listen. Start it by hand to see why.", notYet);
                }
                Thread.sleep(20);
            }
        }
    }

    private static double[] measure(Peer peer) throws IOException, InterruptedException {
        Load load = new Load(peer.address(), TIME);
        double connections = load.connections();
        double one = load.bytes(1) * 8 / 1e9;
        double many = load.bytes(STREAMS) * 8 / 1e9;
        long before = memory(peer.process());
        List<SocketChannel> idle = load.idle(IDLE);
        long with = memory(peer.process());
        for (SocketChannel channel : idle) {
            channel.close();
        }
        Thread.sleep(500); // until the proxy has closed them, too
        return new double[] {connections, one, many, before / 1048576.0, with / 1048576.0};
    }

    /** In bytes, of the process and what it forked: pages that it shares count in part (PSS). */
    private static long memory(Process process) throws IOException {
        long sum = 0;
        for (ProcessHandle one : Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList()) {
            try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(one.pid()), "smaps_rollup"))) {
                sum += lines.filter(line -> line.startsWith("Pss:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                        .sum();
            } catch (IOException | UncheckedIOException ended) {
                // One that has just ended takes nothing.
            }
        }
        return sum;
    }

    private static void print(List<Peer> peers) {
        System.out.println("| | " + String.join(" | ", WHAT) + " |");
        System.out.println("| --- |" + " --- |".repeat(WHAT.size()));
        for (int peer = 0; peer < peers.size(); peer++) {
            System.out.print("| " + peers.get(peer).name() + " |");
            for (int what = 0; what < WHAT.size(); what++) {
                double value = value(peers, peer, what);
                System.out.printf(Locale.ROOT, " %,.1f (%.2f) |", value, value(peers, OWN, what) / value);
            }
            System.out.println();
        }
    }

    private static double value(List<Peer> peers, int peer, int what) {
        boolean more = what >= MEMORY && peer == INSIDE;
        return peers.get(peer).median(what) - (more ? peers.get(DIRECT).median(what) : 0);
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(Family.IPV4.loopback(), port);
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
