// SPDX-License-Identifier: Apache-2.0
package dev.v6.proc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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
    private static final int LONGEST_NAME = 1024;

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
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(proc)) {
            for (Path process : entries) {
                if (!numbered(process)) {
                    continue;
                }
                // What may not be read is another user's; this user is told what can be.
                Set<Long> held = SocketInodes.of(process.resolve("fd"), wanted, new Problems());
                if (!held.isEmpty()) {
                    Holder holder = holder(process);
                    for (long inode : held) {
                        holders.put(inode, holder);
                    }
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

    private static boolean numbered(Path entry) {
        char first = String.valueOf(entry.getFileName()).charAt(0);
        return first >= '0' && first <= '9';
    }

    private static Holder holder(Path process) {
        String command;
        try (InputStream in = ProcFile.open(process.resolve("comm"))) {
            String name = new String(in.readNBytes(LONGEST_NAME), StandardCharsets.UTF_8);
            command = Problems.printable(name.trim());
        } catch (IOException e) {
            command = "which has ended";
        }
        return new Holder(Long.parseLong(String.valueOf(process.getFileName())), command);
    }
}
