// SPDX-License-Identifier: Apache-2.0
package dev.v6.benchmarks.check;

import dev.v6.benchmarks.Children;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How long the self-check takes in a service with many sockets: at once after the service is up, as it runs once, and again
 * in the same JVM, as on a timer. Each service is in a network namespace that this makes, so it takes root; and as many
 * sockets as a process may have here, for more than its limit of open files the others are held beside it.
 */
public final class ManySockets {
    private static final String NAMESPACE = "v6b-many";
    private static final int RUNS = 5;

    private ManySockets() {}

    private record Place(String name, int listeners, int connections) {}

    /**
     * Measures.
     *
     * @param args none
     * @throws IOException if the namespace cannot be made
     * @throws InterruptedException if interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        System.out.println("| sockets | rows of tcp and tcp6 | held by the service | first check | next checks |");
        System.out.println("| --- | --- | --- | --- | --- |");
        for (Place place : List.of(
                new Place("1 listener", 1, 0),
                new Place("10,000 listeners", 10_000, 0),
                new Place("100,000 sockets of connections", 1, 50_000))) {
            measure(place);
        }
    }

    private static void measure(Place place) throws IOException, InterruptedException {
        Children.run("ip", "netns", "add", NAMESPACE);
        List<Process> holders = new ArrayList<>();
        try {
            inside("ip", "link", "set", "lo", "up");
            inside("sysctl", "-q", "-w", "net.ipv4.ip_local_port_range=10000 65000");
            inside("sysctl", "-q", "-w", "net.core.somaxconn=65535");
            List<String> in = List.of("ip", "netns", "exec", NAMESPACE);
            Process service = Children.java(
                    in, Sockets.class, "-Xmx512m", "serve", "" + place.listeners, "" + place.connections, "" + RUNS);
            holders.add(service);
            int connected = Integer.parseInt(Children.line(service));
            while (connected < place.connections) {
                Process beside =
                        Children.java(in, Sockets.class, "-Xmx256m", "hold", "" + (place.connections - connected));
                holders.add(beside);
                connected += Integer.parseInt(Children.line(beside));
            }
            service.getOutputStream().write('\n');
            service.getOutputStream().flush();
            String[] said = Children.line(service).split(" ", -1);
            System.out.printf(
                    Locale.ROOT, "| %s | %s | %s | %s ms | %s ms |%n", place.name, said[0], said[1], said[2], said[3]);
        } finally {
            for (Process holder : holders) {
                holder.destroyForcibly().waitFor();
            }
            Children.run("ip", "netns", "delete", NAMESPACE);
        }
    }

    private static void inside(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", NAMESPACE));
        command.addAll(List.of(words));
        Children.run(command.toArray(String[]::new));
    }
}
