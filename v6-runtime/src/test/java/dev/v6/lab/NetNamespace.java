// SPDX-License-Identifier: Apache-2.0
package dev.v6.lab;

import dev.v6.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A network namespace of a test's own, with {@code lo} up and nothing else; it ends with the test. */
public final class NetNamespace implements AutoCloseable {
    private static final String PREFIX = "v6t-";
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String name = PREFIX + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();

    private NetNamespace() {}

    public static NetNamespace create() throws IOException, InterruptedException {
        removeLeftovers();
        NetNamespace made = new NetNamespace();
        call(List.of("ip", "netns", "add", made.name));
        made.ip("link", "set", "lo", "up");
        return made;
    }

    /** As {@link #create()}, where the kernel has IPv6 switched off, for {@code lo} too. */
    public static NetNamespace withoutIpv6() throws IOException, InterruptedException {
        NetNamespace made = create();
        made.sysctl("net.ipv6.conf.all.disable_ipv6", "1");
        made.sysctl("net.ipv6.conf.default.disable_ipv6", "1");
        return made;
    }

    /**
     * Lays a wire: an interface called {@code device} here and one in {@code peer}, both up, with these addresses
     * (198.18.0.0/15 or 2001:db8::/32, with prefix lengths), usable at once.
     */
    public void wire(String device, List<String> addresses, NetNamespace peer, String peerDevice, List<String> peers)
            throws IOException, InterruptedException {
        call(List.of(
                "ip",
                "link",
                "add",
                device,
                "netns",
                name,
                "type",
                "veth",
                "peer",
                "name",
                peerDevice,
                "netns",
                peer.name));
        address(device, addresses);
        peer.address(peerDevice, peers);
        ip("link", "set", device, "up");
        peer.ip("link", "set", peerDevice, "up");
        neighbours(device, peers, peer.hardwareAddress(peerDevice));
        peer.neighbours(peerDevice, addresses, hardwareAddress(device));
    }

    /** In its first moments a link loses what neighbour discovery asks, and a second goes by before it asks again. */
    private void neighbours(String device, List<String> addresses, String hardware)
            throws IOException, InterruptedException {
        for (String address : addresses) {
            if (address.contains(":")) {
                String bare = address.substring(0, address.indexOf('/'));
                ip("neighbour", "replace", bare, "lladdr", hardware, "dev", device, "nud", "permanent");
            }
        }
    }

    private String hardwareAddress(String device) throws IOException, InterruptedException {
        return run("cat", "/sys/class/net/" + device + "/address").strip();
    }

    public void address(String device, List<String> addresses) throws IOException, InterruptedException {
        for (String address : addresses) {
            if (address.contains(":")) {
                ip("-6", "address", "add", address, "dev", device, "nodad");
            } else {
                ip("address", "add", address, "dev", device);
            }
        }
    }

    /** {@code ip} with these words, in this namespace. */
    public String ip(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ip", "-n", name));
        command.addAll(Arrays.asList(words));
        return call(command);
    }

    public void sysctl(String key, String value) throws IOException, InterruptedException {
        run("sysctl", "-q", "-w", key + "=" + value);
    }

    /** Runs a command in this namespace to its end; a failure is told with what it printed. */
    public String run(String... command) throws IOException, InterruptedException {
        return call(inside(Arrays.asList(command)));
    }

    /** What /etc/resolv.conf says to whatever starts in this namespace from now on. */
    public void resolvConf(String text) throws IOException {
        Files.createDirectories(etc(name));
        Files.writeString(etc(name).resolve("resolv.conf"), text);
    }

    /** Loads a ruleset of nftables in this namespace, beside those that are there. */
    public void nft(String rules) throws IOException, InterruptedException {
        run("nft", rules);
    }

    /** A JVM in this namespace, with the test's class path. */
    public ChildJvm java(String... arguments) throws IOException {
        ProcessBuilder builder = ChildJvm.builder(arguments);
        return ChildJvm.start(builder.command(inside(builder.command())));
    }

    /** A command made to run in this namespace; it keeps the process id that it is started with. */
    public List<String> inside(List<String> command) {
        List<String> words = new ArrayList<>(List.of("ip", "netns", "exec", name));
        words.addAll(command);
        return words;
    }

    @Override
    public void close() throws IOException {
        removeEtc(name);
        try {
            call(List.of("ip", "netns", "delete", name));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the next run removes it
        }
    }

    /** Where ip netns exec looks for files that stand in for those of /etc. */
    private static Path etc(String namespace) {
        return Path.of("/etc/netns", namespace);
    }

    private static void removeEtc(String namespace) throws IOException {
        Files.deleteIfExists(etc(namespace).resolve("resolv.conf"));
        Files.deleteIfExists(etc(namespace));
    }

    /** Those of a test JVM that was killed. */
    private static void removeLeftovers() throws IOException, InterruptedException {
        String[] names = Path.of("/run/netns").toFile().list();
        for (String left : names == null ? new String[0] : names) {
            if (left.startsWith(PREFIX)) {
                long pid = Long.parseLong(left.substring(PREFIX.length(), left.lastIndexOf('-')));
                if (ProcessHandle.of(pid).isEmpty()) {
                    removeEtc(left);
                    call(List.of("ip", "netns", "delete", left));
                }
            }
        }
    }

    private static String call(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(String.join(" ", command) + " failed: " + said);
        }
        return said;
    }
}
