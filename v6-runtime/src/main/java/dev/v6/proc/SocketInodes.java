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

/** The sockets that a process holds: the links {@code socket:[inode]} in its fd directory. */
final class SocketInodes {
    private static final String PREFIX = "socket:[";

    private SocketInodes() {}

    static Set<Long> of(Path fd, Problems problems) {
        Set<Long> inodes = new HashSet<>();
        try (DirectoryStream<Path> links = Files.newDirectoryStream(fd)) {
            for (Path link : links) {
                add(link, inodes, problems);
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

    private static void add(Path link, Set<Long> inodes, Problems problems) {
        try {
            String target = Files.readSymbolicLink(link).toString();
            if (target.startsWith(PREFIX) && target.endsWith("]")) {
                inodes.add(Long.parseLong(target, PREFIX.length(), target.length() - 1, 10));
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
