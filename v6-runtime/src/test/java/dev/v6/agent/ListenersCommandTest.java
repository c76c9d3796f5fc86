// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.proc.ProcFs;
import dev.v6.proc.ProcTree;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListenersCommandTest {
    @TempDir
    Path root;

    @Test
    void eachWithItsFamilies() throws IOException {
        ProcTree tree = ProcTree.in(root)
                .listens("tcp", "127.0.0.11", 34567)
                .listens("tcp6", "::", 8080)
                .listens("tcp6", "127.0.0.1", 8081);

        CommandLine listeners = CommandLine.run(new ListenersCommand(tree.procFs()));

        assertThat(listeners.code()).isZero();
        assertThat(listeners.out()).isEqualTo("""
                        tcp 127.0.0.11:34567  IPv4  (Docker's embedded DNS)
                        tcp6 [::]:8080  IPv4 and IPv6
                        tcp6 [::ffff:127.0.0.1]:8081  IPv4
                        """);
    }

    @Test
    void nothingIsSaidToo() throws IOException {
        ProcFs empty = ProcTree.in(root).procFs();

        assertThat(CommandLine.run(new ListenersCommand(empty)).out()).isEqualTo("nothing listens here\n");
        assertThat(CommandLine.run(new ListenersCommand(empty), "--json").out())
                .isEqualTo("{\"listeners\":[],\"problems\":[]}\n");
    }

    @Test
    void whatCouldNotBeReadGoesToStandardError() throws IOException {
        ProcTree tree = ProcTree.in(root)
                .listens("tcp", "0.0.0.0", 8080)
                .delete("net/tcp6")
                .delete("net/udp6");

        CommandLine listeners = CommandLine.run(new ListenersCommand(tree.procFs()));

        assertThat(listeners.out()).isEqualTo("tcp 0.0.0.0:8080  IPv4\n");
        assertThat(listeners.err().lines()).hasSize(2).allSatisfy(line -> assertThat(line)
                .contains("IPv6 is not in this kernel"));
        assertThat(listeners.code()).isZero();
    }

    @Test
    void withoutProcThatIsSaid() {
        CommandLine listeners = CommandLine.run(new ListenersCommand(ProcFs.at(root.resolve("none"))));

        assertThat(listeners.code()).isEqualTo(1);
        assertThat(listeners.err()).contains("Check that the proc file system is mounted there.");
    }
}
