// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.ChildJvm;
import dev.v6.FindingCode;
import dev.v6.Severity;
import dev.v6.lab.NetNamespace;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A service in a network namespace of its own, wired to another one. It has all that a service can want, until a test takes
 * something away.
 */
final class Scene implements AutoCloseable {
    static final String IPV4 = "198.18.90.2";
    static final String IPV6 = "2001:db8:90::2";
    static final String ROUTER_IPV4 = "198.18.90.1";
    static final String ROUTER_IPV6 = "2001:db8:90::1";

    final NetNamespace here;
    final NetNamespace outside;
    final Path directory;
    private final List<String> flags = new ArrayList<>();
    private final List<String> words = new ArrayList<>(List.of("port:8080"));
    private final Deque<Runnable> others = new ArrayDeque<>();

    /** One finding as the service printed it. */
    record Seen(FindingCode code, Severity severity, String evidence, String remedy) {}

    /** All that it printed. */
    record Look(List<Seen> findings, List<String> problems) {
        /** What of it needs mending. */
        Set<FindingCode> faults() {
            Set<FindingCode> faults = EnumSet.noneOf(FindingCode.class);
            for (Seen seen : findings) {
                if (seen.severity() != Severity.INFO) {
                    faults.add(seen.code());
                }
            }
            return faults;
        }

        List<Seen> of(FindingCode code) {
            return findings.stream().filter(seen -> seen.code() == code).toList();
        }
    }

    private Scene(NetNamespace here, NetNamespace outside, Path directory) {
        this.here = here;
        this.outside = outside;
        this.directory = directory;
    }

    static Scene dualStack(Path directory) throws Exception {
        Scene scene = wired(directory, List.of(IPV4 + "/24", IPV6 + "/64"));
        scene.here.ip("route", "add", "default", "via", ROUTER_IPV4);
        scene.here.ip("-6", "route", "add", "default", "via", ROUTER_IPV6);
        return scene;
    }

    static Scene wired(Path directory, List<String> addresses) throws Exception {
        Scene scene = new Scene(NetNamespace.create(), NetNamespace.create(), directory);
        scene.here.wire("eth0", addresses, scene.outside, "eth0", List.of(ROUTER_IPV4 + "/24", ROUTER_IPV6 + "/64"));
        scene.resolvConf("nameserver " + ROUTER_IPV6 + "\n");
        return scene;
    }

    /** As engines before 26 make it where a network has no IPv6. */
    static Scene withoutIpv6(Path directory) throws Exception {
        Scene scene = wired(directory, List.of(IPV4 + "/24"));
        scene.here.sysctl("net.ipv6.conf.all.disable_ipv6", "1");
        scene.here.ip("route", "add", "default", "via", ROUTER_IPV4);
        return scene;
    }

    Scene resolvConf(String text) throws IOException {
        here.resolvConf(text);
        return this;
    }

    Scene flags(String... more) {
        flags.addAll(Arrays.asList(more));
        return this;
    }

    /** What the service listens on, and port 8080 is always named. */
    Scene listens(String... more) {
        words.addAll(Arrays.asList(more));
        return this;
    }

    /** Without a word to the check on which port is the service's. */
    Scene unnamed() {
        words.remove("port:8080");
        return this;
    }

    Scene beside() {
        words.add("beside");
        return this;
    }

    /** These names and no others, for the service's JVM. */
    Scene hosts(String text) throws IOException {
        Path file = Files.writeString(Files.createTempFile(directory, "hosts", ""), text);
        return flags("-Djdk.net.hosts.file=" + file);
    }

    /** Another process beside the service. */
    ChildJvm another(String... itsWords) throws IOException {
        List<String> command = new ArrayList<>(List.of(CheckedService.class.getName()));
        command.addAll(Arrays.asList(itsWords));
        ChildJvm other = here.java(command.toArray(String[]::new));
        others.push(other::close);
        other.line();
        return other;
    }

    /** A name server with these options of dnsmasq's; it refuses what it is not told. */
    Scene dnsmasq(NetNamespace where, String address, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "/usr/sbin/dnsmasq",
                "--keep-in-foreground",
                "--conf-file=/dev/null",
                "--no-resolv",
                "--no-hosts",
                "--user=root",
                "--pid-file=",
                "--bind-interfaces",
                "--listen-address=" + address));
        command.addAll(Arrays.asList(options));
        Process server = new ProcessBuilder(where.inside(command))
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(directory.resolve("dnsmasq.log").toFile())
                .start();
        others.push(() -> {
            server.destroyForcibly();
            server.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        });
        for (int i = 0;
                i < 500 && !where.run("cat", "/proc/net/udp", "/proc/net/udp6").contains(":0035 ");
                i++) {
            server.waitFor(10, TimeUnit.MILLISECONDS);
        }
        return this;
    }

    /** Starts the service. */
    ChildJvm start() throws IOException {
        List<String> command = new ArrayList<>(flags);
        command.add(CheckedService.class.getName());
        command.addAll(words);
        ChildJvm service = here.java(command.toArray(String[]::new));
        others.push(service::close);
        service.line();
        return service;
    }

    /** Starts the service and has it check itself. */
    Look look() throws IOException {
        return look(start());
    }

    static Look look(ChildJvm service) throws IOException {
        List<Seen> findings = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        service.tell("check");
        for (String line = service.line(); !line.equals("end"); line = service.line()) {
            String[] parts = line.split("\t", -1);
            if (parts.length == 4) {
                findings.add(new Seen(FindingCode.valueOf(parts[0]), Severity.valueOf(parts[1]), parts[2], parts[3]));
            } else {
                problems.add(parts[1]);
            }
        }
        return new Look(findings, problems);
    }

    @Override
    public void close() throws IOException {
        while (!others.isEmpty()) {
            others.pop().run();
        }
        here.close();
        outside.close();
    }
}
