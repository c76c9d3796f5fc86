// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.proc.ProcFs;
import dev.v6.proc.ProcTree;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessCommandTest {
    @TempDir
    Path root;

    @Test
    void oneJsonObjectALine() throws IOException {
        ProcTree tree = ProcTree.in(root)
                .listens("tcp6", "::", 8080)
                .connected("2001:db8::2", 8080, "2001:db8::1", 40001, "01", 0);

        CommandLine witness =
                CommandLine.run(new WitnessCommand(tree.procFs()), "--port", "8080", "--json", "--for", "1ms");

        assertThat(witness.code()).isZero();
        List<String> lines = witness.out().lines().toList();
        assertThat(lines.get(0)).startsWith("{\"event\":\"facts\",\"addresses\":[{\"interface\":");
        assertThat(lines.get(1))
                .isEqualTo("{\"event\":\"listeners\",\"listeners\":[{\"protocol\":\"tcp\",\"address\":\"::\","
                        + "\"mapped\":false,\"port\":8080,\"families\":[\"IPv4\",\"IPv6\"]}]}");
        assertThat(lines.get(2))
                .startsWith("{\"event\":\"arrival\",\"port\":8080,\"family\":\"IPv6\",\"peer\":\"2001:db8::1\","
                        + "\"peerPort\":40001,\"local\":\"2001:db8::2\",\"accepted\":false,\"at\":");
    }

    @Test
    void linesForPeople() throws IOException {
        ProcTree tree = ProcTree.in(root)
                .listens("tcp6", "::", 8080)
                .address("2001:db8::2", 64, 0, 0x40, "eth0")
                .connected("2001:db8::2", 8080, "2001:db8::1", 40001, "01", 0);

        CommandLine witness = CommandLine.run(new WitnessCommand(tree.procFs()), "--port", "8080", "--for", "1ms");

        assertThat(witness.out().lines())
                .contains(
                        "address   2001:db8::2/64 on eth0  (tentative)",
                        "IPv6      on, ::1 missing, default route missing",
                        "listener  tcp6 [::]:8080  IPv4 and IPv6",
                        "arrival   IPv6 from [2001:db8::1]:40001 to [2001:db8::2]:8080  not accepted yet, in the"
                                + " listen backlog");
    }

    @Test
    void probesBothLoopbacksWhenAsked() throws IOException {
        CommandLine witness = CommandLine.run(
                new WitnessCommand(ProcTree.in(root).procFs()), "--port", "1", "--probe", "--json", "--for", "1s");

        assertThat(witness.out())
                .contains("{\"event\":\"probe\",\"address\":\"127.0.0.1\",\"port\":1,\"family\":\"IPv4\"")
                .contains("{\"event\":\"probe\",\"address\":\"::1\",\"port\":1,\"family\":\"IPv6\"");
    }

    @Test
    void withoutProcThatIsSaid() {
        CommandLine witness = CommandLine.run(new WitnessCommand(ProcFs.at(root.resolve("none"))), "--port", "8080");

        assertThat(witness.code()).isEqualTo(1);
        assertThat(witness.err()).contains("There is no /proc/net here.");
    }

    @Test
    void readerThatHungUpEndsIt() throws Exception {
        OutputStream hungUp = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        PrintStream out = new PrintStream(hungUp, false, StandardCharsets.UTF_8);

        int code = new WitnessCommand(ProcTree.in(root).procFs()).run(List.of("--port", "8080"), out, out);

        assertThat(code).isEqualTo(1);
    }
}
