// SPDX-License-Identifier: Apache-2.0
package dev.v6.proc;

import dev.v6.Family;
import dev.v6.Protocol;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's view of one network namespace, as its proc file system tells it (man 5 proc_net). Every call reads anew,
 * in bounded memory, and throws nothing: what cannot be read is told beside what can.
 */
public final class ProcFs {
    private static final Path PROC = Path.of("/proc");
    private static final String NO_TABLE = "does not exist. Check that the proc file system is mounted there.";
    private static final String NO_IPV6 =
            "does not exist: IPv6 is not in this kernel or network namespace (ipv6.disable=1).";

    private final Path root;
    private final Path net;
    private final @Nullable Path sysctls;
    private final ByteOrder order;

    private ProcFs(Path root, Path net, @Nullable Path sysctls, ByteOrder order) {
        this.root = root;
        this.net = net;
        this.sysctls = sysctls;
        this.order = order;
    }

    /**
     * The proc file system mounted at this place.
     *
     * @param root for example {@code /proc}
     * @return its tables
     */
    public static ProcFs at(Path root) {
        return at(root, ByteOrder.nativeOrder());
    }

    static ProcFs at(Path root, ByteOrder order) {
        return new ProcFs(root, root.resolve("net"), root.resolve("sys/net/ipv6"), order);
    }

    /**
     * The network namespace of another process. The kernel shows sysctls for the reader's own namespace only, so they
     * are absent where that is another one.
     *
     * @param pid its number
     * @return its tables
     */
    public static ProcFs ofProcess(long pid) {
        Path process = PROC.resolve(Long.toString(pid));
        return new ProcFs(
                PROC,
                process.resolve("net"),
                sameNetworkNamespace(process) ? PROC.resolve("sys/net/ipv6") : null,
                ByteOrder.nativeOrder());
    }

    private static boolean sameNetworkNamespace(Path process) {
        try {
            return Files.readSymbolicLink(process.resolve("ns/net"))
                    .equals(Files.readSymbolicLink(PROC.resolve("self/ns/net")));
        } catch (IOException e) {
            return false; // not known to be ours
        }
    }

    /**
     * Whether there is anything to read here.
     *
     * @return false where no proc file system is mounted, or the process is gone
     */
    public boolean mounted() {
        return Files.isDirectory(net);
    }

    /**
     * Whether the kernel has IPv6 here; it may still be switched off for every interface.
     *
     * @return false without if_inet6, the table that a kernel without IPv6 lacks
     */
    public boolean ipv6InKernel() {
        return Files.exists(net.resolve("if_inet6"));
    }

    /**
     * The sockets that a filter keeps, from tcp, tcp6, udp and udp6 in that order. Only these are held in memory.
     *
     * @param filter which rows to keep
     * @return the rows and what could not be read
     */
    public Table<SocketEntry> sockets(Predicate<SocketEntry> filter) {
        Problems problems = new Problems();
        List<SocketEntry> rows = new ArrayList<>();
        scan(new AddressScan(order, filter, rows), problems);
        return new Table<>(rows, problems.sentences());
    }

    /**
     * As {@link #sockets(Predicate)}, from one table alone. The kernel walks its whole hash table for each reading of
     * tcp or tcp6, which takes milliseconds however few the rows are.
     *
     * @param protocol TCP or UDP
     * @param family {@link Family#IPV6} for tcp6 and udp6
     * @param filter which rows to keep
     * @return the rows and what could not be read
     */
    public Table<SocketEntry> sockets(Protocol protocol, Family family, Predicate<SocketEntry> filter) {
        Problems problems = new Problems();
        List<SocketEntry> rows = new ArrayList<>();
        scan(protocol, family, new AddressScan(order, filter, rows), problems);
        return new Table<>(rows, problems.sentences());
    }

    /**
     * The sockets that take connections or datagrams from anybody.
     *
     * @return the listeners and what could not be read
     */
    public Table<Listener> listeners() {
        Problems problems = new Problems();
        List<Listener> rows = new ArrayList<>();
        scan(new ListenerScan(order, rows), problems);
        return new Table<>(rows, problems.sentences());
    }

    /**
     * The listeners that one process holds. That takes the right to read its fd directory: be its user, or root.
     *
     * @param pid its number, as this proc file system counts
     * @return the listeners in the network namespace of that process and what could not be read
     */
    public Table<Listener> listenersOf(long pid) {
        Path itsNet = root.resolve(Long.toString(pid)).resolve("net");
        ProcFs its = Files.isDirectory(itsNet) ? new ProcFs(root, itsNet, null, order) : this;
        return heldBy(pid, its.listeners());
    }

    /**
     * Those of some listeners that one process holds, without reading the tables again.
     *
     * @param pid its number, as this proc file system counts
     * @param listeners of its network namespace
     * @return its own, and what could not be read, now or before
     */
    public Table<Listener> heldBy(long pid, Table<Listener> listeners) {
        Problems problems = new Problems();
        Set<Long> wanted = new HashSet<>();
        for (Listener listener : listeners.rows()) {
            wanted.add(listener.inode());
        }
        Set<Long> inodes = SocketInodes.of(root.resolve(Long.toString(pid)).resolve("fd"), wanted, problems);
        List<Listener> rows = new ArrayList<>();
        for (Listener listener : listeners.rows()) {
            if (inodes.contains(listener.inode())) {
                rows.add(listener);
            }
        }
        List<String> sentences = new ArrayList<>(problems.sentences());
        sentences.addAll(listeners.problems());
        return new Table<>(rows, sentences);
    }

    /**
     * The ports that TCP sockets listen on, on whatever address. This loads none of the JDK's network classes, so it can be
     * asked in a service that has yet to set them up.
     *
     * @return none also if the tables cannot be read
     */
    public Set<Integer> listeningPorts() {
        return listening().ports();
    }

    /**
     * How many listening TCP sockets a process holds. Loads as little as {@link #listeningPorts}.
     *
     * @param pid its number
     * @return 0 also if that cannot be seen
     */
    public int listenersHeldBy(long pid) {
        return SocketInodes.of(
                        root.resolve(Long.toString(pid)).resolve("fd"),
                        listening().inodes(),
                        new Problems())
                .size();
    }

    /**
     * The same for one who asks again and again.
     *
     * @param pid its number
     * @return what counts them
     */
    public HeldListeners heldListeners(long pid) {
        return new HeldListeners(this, pid, root.resolve(Long.toString(pid)).resolve("fd"));
    }

    private ListeningScan listening() {
        ListeningScan scan = new ListeningScan();
        scan(Protocol.TCP, Family.IPV4, scan, new Problems());
        scan(Protocol.TCP, Family.IPV6, scan, new Problems());
        return scan;
    }

    /** What is done with each row of the socket tables. */
    interface Scan {
        /** False for a row that turns out to be none. */
        boolean row(SocketLine row);

        /** Whether a line is a row that does not matter, as can be seen at once. */
        default boolean skips(TableReader line, Protocol protocol) {
            return false;
        }
    }

    private void scan(Scan scan, Problems problems) {
        for (Protocol protocol : Protocol.values()) {
            for (Family family : Family.values()) {
                scan(protocol, family, scan, problems);
            }
        }
    }

    private void scan(Protocol protocol, Family family, Scan scan, Problems problems) {
        boolean ipv6Missing = family == Family.IPV6 && mounted();
        Path file = net.resolve(protocol.word() + (family == Family.IPV6 ? "6" : ""));
        try (TableReader table = TableReader.open(file, ipv6Missing ? NO_IPV6 : NO_TABLE, problems)) {
            while (table.next()) {
                if (scan.skips(table, protocol)) {
                    continue;
                }
                String line = table.line();
                if (table.number() == 1 && line.trim().startsWith("sl ")) {
                    continue;
                }
                SocketLine row = SocketLine.parse(line, protocol, family);
                if (row == null || !scan.row(row)) {
                    table.garbled();
                }
            }
            if (table.empty()) {
                problems.add(file + " is empty, without even the header that the kernel writes.");
            }
        }
    }

    /**
     * The IPv6 addresses of all interfaces.
     *
     * @return if_inet6 and what could not be read of it
     */
    public Table<InterfaceAddress> addresses() {
        Problems problems = new Problems();
        List<InterfaceAddress> rows = new ArrayList<>();
        try (TableReader table = TableReader.open(net.resolve("if_inet6"), mounted() ? NO_IPV6 : NO_TABLE, problems)) {
            while (table.next()) {
                InterfaceAddress row = Ipv6Lines.address(table.line());
                if (row == null) {
                    table.garbled();
                } else {
                    rows.add(row);
                }
            }
        }
        return new Table<>(rows, problems.sentences());
    }

    /**
     * The IPv6 routes of all tables.
     *
     * @return ipv6_route and what could not be read of it
     */
    public Table<Route6> routes() {
        Problems problems = new Problems();
        List<Route6> rows = new ArrayList<>();
        Path file = net.resolve("ipv6_route");
        try (TableReader table = TableReader.open(file, mounted() ? NO_IPV6 : NO_TABLE, problems)) {
            while (table.next()) {
                Route6 row = Ipv6Lines.route(table.line());
                if (row == null) {
                    table.garbled();
                } else {
                    rows.add(row);
                }
            }
        }
        return new Table<>(rows, problems.sentences());
    }

    /**
     * Whether IPv4 packets for everywhere leave by some route.
     *
     * @return false also if the table cannot be read
     */
    public boolean ipv4DefaultRoute() {
        try (TableReader table = TableReader.open(net.resolve("route"), NO_TABLE, new Problems())) {
            while (table.next()) {
                if (Ipv4Route.isDefault(table.line())) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * The settings under net.ipv6.
     *
     * @return what there is of them
     */
    public Sysctls sysctls() {
        Problems problems = new Problems();
        if (sysctls == null) {
            problems.add(
                    "The sysctls of another network namespace do not show in /proc/sys. Run inside it to see them.");
            return new Sysctls(ipv6InKernel(), Map.of(), Set.of(), problems.sentences());
        }
        return SysctlReader.read(sysctls, problems);
    }
}
