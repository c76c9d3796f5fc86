// SPDX-License-Identifier: Apache-2.0
package dev.v6.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldListenersTest {
    private static final int FIRST_INODE = 9001;

    @TempDir
    Path directory;

    private ProcTree tree;
    private HeldListeners held;

    @BeforeEach
    void plant() throws IOException {
        tree = ProcTree.in(directory);
        Files.createDirectories(directory.resolve("42/fd"));
        held = tree.procFs().heldListeners(42);
    }

    @Test
    void ownListenersAreCountedAsTheyComeAndGo() throws IOException {
        HeldListeners own = ProcFs.at(Path.of("/proc")).heldListeners(OwnProcess.pid());
        int before = own.count();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(own.count()).isEqualTo(before + 1);
            try (Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
                assertThat(client.isConnected()).isTrue();
                assertThat(own.count()).as("with a connection").isEqualTo(before + 1);
            }
        }
        assertThat(own.count()).isEqualTo(before);
    }

    @Test
    void aSocketThatListensLaterIsCounted() throws IOException {
        descriptor(3, FIRST_INODE);
        assertThat(held.count()).as("opened").isZero();

        tree.listens("tcp6", "::", 8080);
        assertThat(held.count()).as("listening").isEqualTo(1);
    }

    @Test
    void theTablesAreReadAgainOnlyForAnotherSocket() throws IOException {
        tree.listens("tcp6", "::", 8080).listens("tcp", "0.0.0.0", 8081);
        descriptor(3, FIRST_INODE);
        assertThat(held.count()).isEqualTo(1);

        tree.delete("net/tcp6");
        assertThat(held.count()).as("the same socket").isEqualTo(1);

        descriptor(4, FIRST_INODE + 1);
        assertThat(held.count()).as("another one").isEqualTo(1);
        Files.delete(directory.resolve("42/fd/4"));
        assertThat(held.count()).as("one that is closed").isZero();
    }

    @Test
    void whoHoldsNoSocketListensNowhere() throws IOException {
        tree.listens("tcp6", "::", 8080);
        assertThat(held.count()).isZero();
        assertThat(tree.procFs().heldListeners(43).count()).as("of no process").isZero();
    }

    private void descriptor(int number, long inode) throws IOException {
        Files.createSymbolicLink(directory.resolve("42/fd/" + number), Path.of("socket:[" + inode + "]"));
    }
}
