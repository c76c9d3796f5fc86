// SPDX-License-Identifier: Apache-2.0
package dev.v6.proc;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file tree that looks like /proc, row by row. */
public final class ProcTree {
    private static final String IPV4_HEADER =
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
    private static final String TAIL = " 1 0000000019a3aa09 100 0 0 10 0\n";

    private final Path root;
    private int inode = 9000;

    private ProcTree(Path root) {
        this.root = root;
    }

    /** A tree with every table there and empty, as in a new network namespace whose interfaces are down. */
    public static ProcTree in(Path root) throws IOException {
        ProcTree tree = new ProcTree(root);
        for (String table : new String[] {"tcp", "tcp6", "udp", "udp6"}) {
            tree.write("net/" + table, IPV4_HEADER);
        }
        tree.write("net/if_inet6", "");
        tree.write("net/ipv6_route", "");
        return tree;
    }

    public ProcFs procFs() {
        return ProcFs.at(root);
    }

    public Path root() {
        return root;
    }

    public ProcTree write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Path whole = Files.writeString(root.resolve("being-written"), text);
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE); // as in the kernel, nobody meets half a table
        return this;
    }

    public ProcTree append(String path, String text) throws IOException {
        return write(path, Files.readString(root.resolve(path)) + text);
    }

    public ProcTree delete(String path) throws IOException {
        Files.delete(root.resolve(path));
        return this;
    }

    /** A socket that takes connections or datagrams; in tcp6 an IPv4 address is written as IPv4-mapped. */
    public ProcTree listens(String table, String address, int port) throws IOException {
        boolean ipv6 = table.endsWith("6");
        String none = (ipv6 ? "0".repeat(32) : "0".repeat(8)) + ":0000";
        return append(
                "net/" + table,
                row(words(address, ipv6) + port(port), none, table.startsWith("udp") ? "07" : "0A", ++inode));
    }

    /** A TCP connection in some state. */
    public ProcTree connected(String local, int port, String remote, int remotePort, String state, int socket)
            throws IOException {
        return append("net/tcp6", connection(local, port, remote, remotePort, state, socket));
    }

    public static String connection(String local, int port, String remote, int remotePort, String state, int socket)
            throws IOException {
        return row(words(local, true) + port(port), words(remote, true) + port(remotePort), state, socket);
    }

    public ProcTree address(String address, int prefixLength, int scope, int flags, String name) throws IOException {
        String row = "%s 02 %02x %02x %02x %8s\n".formatted(hex(address), prefixLength, scope, flags, name);
        return append("net/if_inet6", row);
    }

    public ProcTree route(String destination, int prefixLength, String nextHop, String flags, String name)
            throws IOException {
        String zero = "0".repeat(32);
        String row = "%s %02x %s 00 %s 00000400 00000002 00000000 %s %8s\n"
                .formatted(hex(destination), prefixLength, zero, hex(nextHop), flags, name);
        return append("net/ipv6_route", row);
    }

    private static String row(String local, String remote, String state, int inode) {
        return "   0: " + local + " " + remote + " " + state + " 00000000:00000000 00:00000000 00000000     0        0 "
                + inode + TAIL;
    }

    private static String port(int port) {
        return ":%04X".formatted(port);
    }

    private static String hex(String address) throws IOException {
        StringBuilder text = new StringBuilder();
        for (byte b : InetAddress.getByName(address).getAddress()) {
            text.append("%02x".formatted(b));
        }
        return text.toString();
    }

    private static String words(String address, boolean ipv6) throws IOException {
        byte[] bytes = InetAddress.getByName(address).getAddress();
        StringBuilder text = new StringBuilder(
                ipv6 && bytes.length == 4 ? wordsOf(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1}) : "");
        return text.append(wordsOf(bytes)).toString();
    }

    private static String wordsOf(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        while (words.hasRemaining()) {
            text.append("%08X".formatted(words.getInt()));
        }
        return text.toString();
    }
}
