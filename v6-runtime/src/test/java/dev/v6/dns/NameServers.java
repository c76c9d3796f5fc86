// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import dev.v6.Protocol;
import dev.v6.proc.ProcFs;
import java.io.File;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** Name servers of Debian's, started by the test that asks them. They end with it. */
final class NameServers implements AutoCloseable {
    private final Path directory;
    private final List<Process> running = new ArrayList<>();
    private int count;

    NameServers(Path directory) {
        this.directory = directory;
    }

    static boolean present(String... programs) {
        return Arrays.stream(programs).allMatch(program -> Files.isExecutable(Path.of("/usr/sbin", program)));
    }

    /** dnsmasq with these options, each without its dashes. It knows what it is told and refuses the rest. */
    Process dnsmasq(UnaryOperator<List<String>> where, String address, int port, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "/usr/sbin/dnsmasq",
                "--keep-in-foreground",
                "--conf-file=/dev/null",
                "--no-resolv",
                "--no-hosts",
                "--no-daemon",
                "--user=root",
                "--pid-file=",
                "--bind-interfaces",
                "--listen-address=" + address,
                "--port=" + port));
        for (String option : options) {
            command.add("--" + option);
        }
        return start(where.apply(command), address, port);
    }

    /** unbound with these lines in its server clause, and others after it. */
    Process unbound(UnaryOperator<List<String>> where, String address, int port, String lines, String others)
            throws Exception {
        Path home = Files.createDirectories(directory.resolve("unbound" + count++));
        Path file = Files.writeString(
                home.resolve("unbound.conf"), """
                server:
                  interface: %s@%d
                  username: ""
                  chroot: ""
                  directory: "%s"
                  pidfile: ""
                  use-syslog: no
                  do-daemonize: no
                  module-config: "iterator"
                  num-threads: 1
                  so-reuseport: no
                  access-control: 0.0.0.0/0 allow
                  access-control: ::/0 allow
                %s
                remote-control:
                  control-enable: no
                %s
                """.formatted(address, port, home, lines.indent(2), others));
        return start(where.apply(List.of("/usr/sbin/unbound", "-d", "-c", file.toString())), address, port);
    }

    /** BIND as an authority for one zone. */
    Process bind(UnaryOperator<List<String>> where, String address, int port, String zone, String records)
            throws Exception {
        Path home = Files.createDirectories(directory.resolve("bind" + count++));
        Files.writeString(home.resolve("zone"), records);
        String listen = address.contains(":")
                ? "listen-on { none; }; listen-on-v6 port " + port + " { " + address + "; };"
                : "listen-on-v6 { none; }; listen-on port " + port + " { " + address + "; };";
        Path file = Files.writeString(home.resolve("named.conf"), """
                options {
                  directory "%s"; pid-file none; session-keyfile none; %s
                  recursion no; dnssec-validation no; allow-query { any; };
                };
                controls { };
                zone "%s" { type primary; file "zone"; };
                """.formatted(home, listen, zone));
        return start(where.apply(List.of("/usr/sbin/named", "-g", "-n", "1", "-c", file.toString())), address, port);
    }

    private Process start(List<String> command, String address, int port) throws IOException, InterruptedException {
        File log = directory.resolve("server" + count++ + ".log").toFile();
        boolean bind = command.contains("/usr/sbin/named");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .redirectInput(new File("/dev/null"))
                .start();
        running.add(process);
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        // BIND listens before it has read its zones.
        while (!listens(process, port)
                || (bind && !Files.readString(log.toPath()).contains("all zones loaded"))) {
            if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                throw new IOException(String.join(" ", command) + " does not serve " + address + ": "
                        + Files.readString(log.toPath()));
            }
            process.waitFor(20, TimeUnit.MILLISECONDS);
        }
        return process;
    }

    /** In whichever network namespace it runs. */
    private static boolean listens(Process process, int port) {
        ProcFs proc = ProcFs.ofProcess(process.pid());
        return proc.listeners().rows().stream()
                .anyMatch(listener ->
                        listener.protocol() == Protocol.UDP && listener.local().port() == port);
    }

    static void stop(Process process) {
        process.destroyForcibly();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        for (Process process : running) {
            stop(process);
        }
    }

    /** A port that is free for UDP and TCP on both loopbacks right now. */
    static int freePort() throws IOException {
        for (int tries = 0; ; tries++) {
            try (DatagramSocket udp = new DatagramSocket(new InetSocketAddress(0));
                    ServerSocket tcp = new ServerSocket(udp.getLocalPort())) {
                return tcp.getLocalPort();
            } catch (BindException e) {
                if (tries == 20) {
                    throw e; // else somebody has the number for TCP, and another one is free
                }
            }
        }
    }

    /** Takes datagrams and does nothing with them until its test says what. */
    static final class Silent implements AutoCloseable {
        private final DatagramSocket socket;

        Silent(InetAddress address) throws IOException {
            socket = new DatagramSocket(new InetSocketAddress(address, 0));
            socket.setSoTimeout(10_000);
        }

        int port() {
            return socket.getLocalPort();
        }

        DatagramPacket receive() throws IOException {
            DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
            try {
                socket.receive(packet);
            } catch (SocketTimeoutException e) {
                throw new IOException("nobody asked within 10 s", e);
            }
            return packet;
        }

        void send(DatagramPacket packet) throws IOException {
            socket.send(packet);
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
