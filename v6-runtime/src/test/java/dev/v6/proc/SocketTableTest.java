// SPDX-License-Identifier: Apache-2.0
package dev.v6.proc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.Family;
import dev.v6.Protocol;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.Inet4Address;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The texts are what Linux 6.18 on x86-64 printed for the sockets named. */
class SocketTableTest {
    private static final String ANY = "00000000000000000000000000000000";
    private static final String TAIL = " 1 0000000019a3aa09 100 0 0 10 0\n";
    private static final String QUEUES = " 00000000:00000000 00:00000000 00000000     0        0 ";
    private static final String DUAL_STACK = "   0: " + ANY + ":1F90 " + ANY + ":0000 0A" + QUEUES + "9948" + TAIL;
    private static final String MAPPED_LOOPBACK =
            "   1: 0000000000000000FFFF00000100007F:1F91 " + ANY + ":0000 0A" + QUEUES + "9949" + TAIL;
    private static final String LOOPBACK6 =
            "   2: 00000000000000000000000001000000:1F92 " + ANY + ":0000 0A" + QUEUES + "9950" + TAIL;
    private static final String MAPPED_OWN_ADDRESS =
            "   3: 0000000000000000FFFF0000010012C6:1F93 " + ANY + ":0000 0A" + QUEUES + "9951" + TAIL;
    private static final String IPV4_ANY = "   0: 00000000:1F94 00000000:0000 0A" + QUEUES + "9952" + TAIL;

    @TempDir
    Path root;

    private ProcTree tree;
    private ProcFs proc;

    @BeforeEach
    void plant() throws IOException {
        tree = ProcTree.in(root);
        proc = ProcFs.at(root, ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void eachKindOfListenerIsToldForWhatItIs() throws IOException {
        tree.append("net/tcp", IPV4_ANY)
                .append("net/tcp6", DUAL_STACK + MAPPED_LOOPBACK + LOOPBACK6 + MAPPED_OWN_ADDRESS);

        Table<Listener> table = proc.listeners();

        assertThat(table.problems()).isEmpty();
        assertThat(table.rows())
                .map(Listener::toString)
                .containsExactly(
                        "tcp 0.0.0.0:8084",
                        "tcp6 [::]:8080",
                        "tcp6 [::ffff:127.0.0.1]:8081",
                        "tcp6 [::1]:8082",
                        "tcp6 [::ffff:198.18.0.1]:8083");
        assertThat(table.rows())
                .map(listener -> listener.families().toString())
                .containsExactly("[IPv4]", "[IPv4, IPv6]", "[IPv4]", "[IPv6]", "[IPv4]");
        assertThat(table.rows()).map(Listener::wildcard).containsExactly(true, true, false, false, false);
        assertThat(table.rows()).map(Listener::loopback).containsExactly(false, false, true, true, false);
        assertThat(table.rows()).map(Listener::inode).containsExactly(9952L, 9948L, 9949L, 9950L, 9951L);
    }

    @Test
    void aMappedAddressIsAnIpv4Address() throws IOException {
        tree.append("net/tcp6", MAPPED_LOOPBACK);

        Endpoint local = proc.listeners().rows().get(0).local();

        assertThat(local.mapped()).isTrue();
        assertThat(local.address()).isInstanceOf(Inet4Address.class);
        assertThat(local).hasToString("[::ffff:127.0.0.1]:8081");
    }

    @Test
    void aMappedWildcardServesIpv4Alone() throws IOException {
        tree.append(
                "net/tcp6", "   0: 0000000000000000FFFF000000000000:1F90 " + ANY + ":0000 0A" + QUEUES + "1" + TAIL);

        Listener listener = proc.listeners().rows().get(0);

        assertThat(listener.wildcard()).isTrue();
        assertThat(listener.families()).containsExactly(Family.IPV4);
        assertThat(listener.toJson())
                .containsEntry("address", "0.0.0.0")
                .containsEntry("mapped", true)
                .containsEntry("families", List.of("IPv4"));
    }

    @Test
    void wordsAreInTheByteOrderOfTheMachine() throws IOException {
        tree.write(
                "net/tcp6",
                "   0: 0000000000000000" + "0000FFFF7F000001" + ":1F91 " + ANY + ":0000 0A" + QUEUES + "9949" + TAIL);

        Table<Listener> table = ProcFs.at(root, ByteOrder.BIG_ENDIAN).listeners();

        assertThat(table.rows()).map(Listener::toString).containsExactly("tcp6 [::ffff:127.0.0.1]:8081");
    }

    @Test
    void udpReceivesWhenItIsNotConnected() throws IOException {
        tree.append(
                "net/udp6",
                " 3670: " + ANY + ":C9A0 " + ANY + ":0000 07" + QUEUES + "9954 2 0000000017631e63 0\n"
                        + " 3671: 00000000000000000000000001000000:C9A1 00000000000000000000000001000000:0035 01"
                        + QUEUES + "9955 2 0000000017631e63 0\n");

        assertThat(proc.listeners().rows()).map(Listener::toString).containsExactly("udp6 [::]:51616");
        assertThat(proc.listeners().rows().get(0).protocol()).isEqualTo(Protocol.UDP);
    }

    @Test
    void connectionsKeepBothEnds() throws IOException {
        tree.append(
                "net/tcp6",
                "   2: 0000000000000000FFFF00000100007F:806B 0000000000000000FFFF00000100007F:87C0 08" + QUEUES + "0"
                        + TAIL);

        SocketEntry entry = proc.sockets(any -> true).rows().get(0);

        assertThat(entry.local()).hasToString("[::ffff:127.0.0.1]:32875");
        assertThat(entry.remote()).hasToString("[::ffff:127.0.0.1]:34752");
        assertThat(entry.state()).isEqualTo(TcpState.CLOSE_WAIT);
        assertThat(entry.inode()).isZero();
    }

    @Test
    void lineThatIsCutOffIsReadAsFarAsItIsWhole() throws IOException {
        String whole = DUAL_STACK + MAPPED_LOOPBACK;
        tree.append("net/tcp6", whole.substring(0, whole.length() - TAIL.length() + 3));

        Table<Listener> table = proc.listeners();

        assertThat(table.rows()).map(Listener::inode).containsExactly(9948L, 9949L);
        assertThat(table.problems()).singleElement().asString().contains("net/tcp6 line 3 is cut off");
    }

    @Test
    void numberThatIsCutOffIsNotBelieved() throws IOException {
        String whole = DUAL_STACK + MAPPED_LOOPBACK;
        tree.append("net/tcp6", whole.substring(0, whole.length() - TAIL.length() - 2)); // inode 99 of 9949

        Table<Listener> table = proc.listeners();

        assertThat(table.rows()).map(Listener::inode).containsExactly(9948L);
        assertThat(table.problems()).hasSize(2);
        assertThat(table.problems().get(0)).contains("line 3 is cut off");
    }

    @Test
    void garbageIsToldAndTheRestIsRead() throws IOException {
        tree.append(
                "net/tcp6",
                "   0: zzzz\n\u0000\u0001\u001b[31mred\n\n" + DUAL_STACK.replace(" 0A ", " 7F ")
                        + DUAL_STACK.replace(":1F90", ":FFFFF") + DUAL_STACK.replace(":1F90", "")
                        + DUAL_STACK.replace("9948", "none") + DUAL_STACK.replace("0000:1F90", "00000000:1F90")
                        + LOOPBACK6);

        Table<Listener> table = proc.listeners();

        assertThat(table.rows()).map(Listener::inode).containsExactly(9950L);
        assertThat(table.problems()).hasSize(8).allSatisfy(problem -> assertThat(problem)
                .matches("[ -~]+net/tcp6 line \\d+ is no row of this .*"));
    }

    @Test
    void problemsAreBounded() throws IOException {
        tree.append("net/tcp6", "garbage\n".repeat(100_000) + LOOPBACK6);

        Table<Listener> table = proc.listeners();

        assertThat(table.rows()).hasSize(1);
        assertThat(table.problems()).hasSize(11);
        assertThat(table.problems().get(10)).isEqualTo("99990 more of this kind are not listed.");
    }

    @Test
    void overlongLineIsLeftOut() throws IOException {
        tree.append("net/tcp6", "x".repeat(5_000_000) + "\n" + LOOPBACK6);

        Table<Listener> table = proc.listeners();

        assertThat(table.rows()).map(Listener::inode).containsExactly(9950L);
        assertThat(table.problems()).singleElement().asString().contains("net/tcp6 line 2 is longer than 512 bytes");
    }

    @Test
    void emptyTableIsNotTheKernels() throws IOException {
        tree.write("net/tcp6", "");

        assertThat(proc.listeners().problems()).singleElement().asString().contains("net/tcp6 is empty");
    }

    @Test
    void missingTcp6MeansNoIpv6() throws IOException {
        tree.delete("net/tcp6").delete("net/udp6").append("net/tcp", IPV4_ANY);

        Table<Listener> table = proc.listeners();

        assertThat(table.rows()).hasSize(1);
        assertThat(table.problems()).hasSize(2).allSatisfy(problem -> assertThat(problem)
                .contains("IPv6 is not in this kernel"));
    }

    @Test
    void withoutProcEveryTableIsMissing() {
        ProcFs nowhere = ProcFs.at(root.resolve("nowhere"));

        assertThat(nowhere.mounted()).isFalse();
        assertThat(nowhere.listeners().problems()).hasSize(4).allSatisfy(problem -> assertThat(problem)
                .contains("Check that the proc file system is mounted"));
    }

    @Test
    void whatCannotBeReadIsAProblem() throws IOException {
        tree.delete("net/tcp");
        Files.createDirectory(root.resolve("net/tcp"));
        tree.append("net/tcp6", LOOPBACK6);

        Table<Listener> table = proc.listeners();

        assertThat(table.rows()).hasSize(1);
        assertThat(table.problems()).singleElement().asString().contains("net/tcp could not be read: Is a directory");
    }

    @Test
    void onlyWhatTheFilterKeepsIsHeld() throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(root.resolve("net/tcp6"))) {
            for (int i = 0; i < 200_000; i++) {
                out.write("%6d: 0000000000000000FFFF00000100007F:1F90 0000000000000000FFFF0000%08X:%04X 06"
                        .formatted(i, i, i & 0xffff));
                out.write(QUEUES + "0 3 000000009202242e\n");
            }
            out.write(LOOPBACK6);
        }
        int[] seen = {0};

        Table<SocketEntry> table = proc.sockets(entry -> {
            seen[0]++;
            return entry.listening();
        });

        assertThat(seen[0]).isEqualTo(200_001);
        assertThat(table.rows()).hasSize(1);
        assertThat(table.problems()).isEmpty();
    }

    @Test
    void portIsFoundWithoutAnAddress() throws IOException {
        tree.append("net/tcp6", LOOPBACK6 + DUAL_STACK.replace(" 0A ", " 01 "));

        assertThat(proc.listeningPorts()).contains(8082);
        assertThat(proc.listeningPorts()).as("connected, not listening").doesNotContain(8080);
    }

    @Test
    void listenersOfAProcessAreThoseItHolds() throws IOException {
        tree.append("net/tcp6", DUAL_STACK + LOOPBACK6);
        Path fd = Files.createDirectories(root.resolve("42/fd"));
        Files.createSymbolicLink(fd.resolve("0"), Path.of("pipe:[17]"));
        Files.createSymbolicLink(fd.resolve("7"), Path.of("socket:[9950]"));
        Files.createSymbolicLink(fd.resolve("8"), Path.of("socket:[x]"));

        Table<Listener> table = proc.listenersOf(42);

        assertThat(table.rows()).map(Listener::inode).containsExactly(9950L);
        assertThat(table.problems()).singleElement().asString().contains("42/fd/8 is no link");
        assertThat(proc.listenersHeldBy(42)).isEqualTo(1);
        assertThat(proc.listenersOf(43).problems()).singleElement().asString().contains("no process of that number");
        assertThat(proc.listenersHeldBy(43)).isZero();
    }
}
