// SPDX-License-Identifier: Apache-2.0
package dev.v6.proc;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The processes that hold sockets, as far as the proc file system tells this user. */
public final class SocketHolders {
    private SocketHolders() {}

    /**
     * A process.
     *
     * @param pid its number
     * @param command its name, comm(5)
     */
    public record Holder(long pid, String command) {

        /** For example {@code process 42, java}. */
        @Override
        public String toString() {
            return "process " + pid + ", " + command;
        }
    }

    /**
     * Looks through the processes until each socket has its holder; of several the first is taken.
     *
     * @param proc the proc file system's place
     * @param inodes of the sockets
     * @return the holders by inode, without those that do not show
     */
    public static Map<Long, Holder> of(Path proc, Set<Long> inodes) {
        Map<Long, Holder> holders = new HashMap<>();
        Set<Long> wanted = new HashSet<>(inodes);
        if (wanted.isEmpty()) {
            return holders;
        }
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                // What may not be read is another user's; this user is told what can be.
                Set<Long> held = SocketInodes.of(process.resolve("fd"), wanted, new Problems());
                if (!held.isEmpty()) {
                    Holder holder = holder(process);
                    held.forEach(inode -> holders.put(inode, holder));
                    wanted.removeAll(held);
                }
                if (wanted.isEmpty()) {
                    return holders;
                }
            }
        } catch (IOException | DirectoryIteratorException notTold) {
            // Then those that were found must do.
        }
        return holders;
    }

    private static Holder holder(Path process) {
        String command;
        try {
            command =
                    Problems.printable(Files.readString(process.resolve("comm")).trim());
        } catch (IOException e) {
            command = "which has ended";
        }
        return new Holder(Long.parseLong(String.valueOf(process.getFileName())), command);
    }
}
