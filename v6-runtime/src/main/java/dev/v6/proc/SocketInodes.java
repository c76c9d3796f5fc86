// SPDX-License-Identifier: Apache-2.0
package dev.v6.proc;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of some sockets a process holds: the links {@code socket:[inode]} in its fd directory. A busy service has a hundred
 * thousand of them, and to read each takes microseconds; it opened its listeners early, so the reading ends soon.
 */
final class SocketInodes {
    private static final String PREFIX = "socket:[";

    private SocketInodes() {}

    static Set<Long> of(Path fd, Set<Long> wanted, Problems problems) {
        return wanted.isEmpty() ? new HashSet<>() : read(fd, wanted, wanted.size(), problems);
    }

    /** Of whatever kind, as many as are asked for at most. What cannot be read is not there. */
    static Set<Long> first(int most, Path fd) {
        return read(fd, null, most, new Problems());
    }

    private static Set<Long> read(Path fd, @Nullable Set<Long> wanted, int most, Problems problems) {
        Set<Long> inodes = new HashSet<>();
        try (DirectoryStream<Path> links = Files.newDirectoryStream(fd)) {
            for (Path link : links) {
                add(link, wanted, inodes, problems);
                if (inodes.size() == most) {
                    return inodes;
                }
            }
        } catch (NoSuchFileException e) {
            problems.add(fd + " does not exist: there is no process of that number. Check the number.");
        } catch (DirectoryIteratorException e) {
            problems.unreadable(fd, e);
        } catch (IOException e) {
            problems.unreadable(fd, e);
        }
        return inodes;
    }

    private static void add(Path link, @Nullable Set<Long> wanted, Set<Long> inodes, Problems problems) {
        try {
            String target = Files.readSymbolicLink(link).toString();
            if (target.startsWith(PREFIX) && target.endsWith("]")) {
                long inode = Long.parseLong(target, PREFIX.length(), target.length() - 1, 10);
                if (wanted == null || wanted.contains(inode)) {
                    inodes.add(inode);
                }
            }
        } catch (NoSuchFileException e) {
            // Closed since the directory was read.
        } catch (NumberFormatException e) {
            problems.add(link + " is no link to a socket that the kernel would make, so it was left out.");
        } catch (IOException e) {
            problems.unreadable(link, e);
        }
    }
}
