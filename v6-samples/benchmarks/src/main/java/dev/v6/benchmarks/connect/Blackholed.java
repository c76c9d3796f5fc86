// SPDX-License-Identifier: Apache-2.0
package dev.v6.benchmarks.connect;

import dev.v6.benchmarks.Children;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * How long until a GET is answered where one family's packets vanish, by each client in a JVM of its own that has made
 * healthy requests before. Client and server are in network namespaces that this makes: it takes root.
 */
public final class Blackholed {
    private static final int RUNS = 5;
    private static final String CLIENT = "v6b-client";
    private static final String SERVER = "v6b-server";
    private static final Path ETC = Path.of("/etc/netns", CLIENT);

    private Blackholed() {}

    /**
     * Measures all clients.
     *
     * @param args none
     * @throws IOException if the namespaces cannot be made
     * @throws InterruptedException if interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        System.out.println("| client | addresses | IPv6 blackholed | again | IPv4 blackholed | again |");
        System.out.println("| --- | --- | --- | --- | --- | --- |");
        make();
        Process server = Children.java(inside(SERVER), Client.class, "--serve");
        try {
            Children.line(server);
            for (String way : List.of("HappyEyeballs", "Socket.connect", "java.net.http", "OkHttp")) {
                for (String order : List.of("false", "true")) {
                    drop("ip6");
                    List<String> cells = new ArrayList<>(median(way, order));
                    drop("ip");
                    cells.addAll(median(way, order));
                    System.out.printf(
                            "| `%s` | %s | %s |%n",
                            way,
                            order.equals("true") ? "`preferIPv6Addresses=true`" : "as the JDK has them",
                            String.join(" | ", cells));
                }
            }
        } finally {
            server.destroyForcibly();
            remove();
        }
    }

    private static List<String> median(String way, String order) throws IOException, InterruptedException {
        List<Double> first = new ArrayList<>();
        List<Double> again = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            Process client =
                    Children.java(inside(CLIENT), Client.class, "-Djava.net.preferIPv6Addresses=" + order, way);
            String[] times = Children.line(client).split(" ", -1);
            first.add(Double.parseDouble(times[0]));
            again.add(Double.parseDouble(times[1]));
            client.waitFor();
        }
        return List.of(cell(first), cell(again));
    }

    private static String cell(List<Double> millis) {
        Collections.sort(millis);
        double median = millis.get(millis.size() / 2);
        return median < 0
                ? "not in " + Client.TIMEOUT.toSeconds() + " s"
                : String.format(Locale.ROOT, "%.1f ms", median);
    }

    private static List<String> inside(String namespace) {
        return List.of("ip", "netns", "exec", namespace);
    }

    private static void drop(String family) throws IOException, InterruptedException {
        Children.run(
                "ip",
                "netns",
                "exec",
                SERVER,
                "nft",
                "flush ruleset; add table " + family + " t; add chain " + family
                        + " t in { type filter hook input priority 0; }; add rule " + family + " t in tcp dport "
                        + Client.FAULTY + " drop");
    }

    private static void make() throws IOException, InterruptedException {
        Files.createDirectories(ETC);
        Files.writeString(ETC.resolve("hosts"), "2001:db8:91::2 db.test\n198.18.91.2 db.test\n");
        for (String namespace : List.of(CLIENT, SERVER)) {
            Children.run("ip", "netns", "add", namespace);
            Children.run("ip", "-n", namespace, "link", "set", "lo", "up");
        }
        Children.run(("ip link add eth0 netns " + CLIENT + " type veth peer name eth0 netns " + SERVER).split(" ", -1));
        wire(CLIENT, "1");
        wire(SERVER, "2");
    }

    private static void wire(String namespace, String host) throws IOException, InterruptedException {
        Children.run("ip", "-n", namespace, "address", "add", "198.18.91." + host + "/24", "dev", "eth0");
        Children.run(
                "ip", "-n", namespace, "-6", "address", "add", "2001:db8:91::" + host + "/64", "dev", "eth0", "nodad");
        Children.run("ip", "-n", namespace, "link", "set", "eth0", "up");
    }

    private static void remove() throws IOException, InterruptedException {
        Children.run("ip", "netns", "delete", CLIENT);
        Children.run("ip", "netns", "delete", SERVER);
        Files.deleteIfExists(ETC.resolve("hosts"));
        Files.deleteIfExists(ETC);
    }
}
