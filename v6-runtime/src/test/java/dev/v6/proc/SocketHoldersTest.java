// SPDX-License-Identifier: Apache-2.0
package dev.v6.proc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.proc.SocketHolders.Holder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketHoldersTest {
    @TempDir
    Path directory;

    private ProcTree tree;

    @BeforeEach
    void plant() throws IOException {
        tree = ProcTree.in(directory);
        process("42", "java", "pipe:[1]", "socket:[9001]", "socket:[9002]");
        process("43", "nginx\u001b[1m", "socket:[9003]", "anon_inode:[eventpoll]");
    }

    @Test
    void eachSocketHasItsProcess() {
        Map<Long, Holder> holders = SocketHolders.of(tree.root(), Set.of(9001L, 9003L, 9999L));

        assertThat(holders)
                .containsOnly(Map.entry(9001L, new Holder(42, "java")), Map.entry(9003L, new Holder(43, "nginx?[1m")));
        assertThat(holders.get(9001L)).hasToString("process 42, java");
    }

    @Test
    void nothingIsLookedForInVain() {
        assertThat(SocketHolders.of(directory.resolve("nowhere"), Set.of())).isEmpty();
        assertThat(SocketHolders.of(directory.resolve("nowhere"), Set.of(1L))).isEmpty();
    }

    @Test
    void processThatEndsMeanwhileIsStillNumbered() throws IOException {
        Files.delete(tree.root().resolve("42/comm"));

        assertThat(SocketHolders.of(tree.root(), Set.of(9002L)))
                .containsOnly(Map.entry(9002L, new Holder(42, "which has ended")));
    }

    @Test
    void ipv4DefaultRouteIsOneThatIsUpAndLeadsSomewhere() throws IOException {
        String heading = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT   \n";
        assertThat(tree.procFs().ipv4DefaultRoute()).as("no table").isFalse();

        tree.write("net/route", heading + "eth0\t000012C6\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n");
        assertThat(tree.procFs().ipv4DefaultRoute()).as("a network").isFalse();

        tree.write("net/route", heading + "*\t00000000\t00000000\t0201\t0\t0\t0\t00000000\t0\t0\t0\n");
        assertThat(tree.procFs().ipv4DefaultRoute()).as("it rejects").isFalse();

        tree.write("net/route", heading + "eth0\t00000000\t010012C6\t0003\t0\t0\t0\t00000000\t0\t0\t0   \n");
        assertThat(tree.procFs().ipv4DefaultRoute()).isTrue();
    }

    private void process(String pid, String command, String... descriptors) throws IOException {
        tree.write(pid + "/comm", command + "\n");
        Path fd = Files.createDirectories(tree.root().resolve(pid).resolve("fd"));
        for (int i = 0; i < descriptors.length; i++) {
            Files.createSymbolicLink(fd.resolve(Integer.toString(i)), Path.of(descriptors[i]));
        }
    }
}
