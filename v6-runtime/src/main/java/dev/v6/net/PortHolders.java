// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import dev.v6.Family;
import dev.v6.Finding;
import dev.v6.FindingCode;
import dev.v6.Protocol;
import dev.v6.proc.Listener;
import dev.v6.proc.ProcFs;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Who holds a port, as far as /proc tells this user. */
final class PortHolders {
    private final Path proc;
    private final List<Listener> listeners;

    PortHolders(Path proc, Protocol protocol, int port) {
        this.proc = proc;
        this.listeners = ProcFs.at(proc).listeners().rows().stream()
                .filter(l -> l.protocol() == protocol && l.local().port() == port)
                .toList();
    }

    /** The families that are taken. */
    Set<Family> families() {
        Set<Family> families = EnumSet.noneOf(Family.class);
        listeners.forEach(listener -> families.addAll(listener.families()));
        return families;
    }

    /** That the port is taken, on which family and by whom. */
    Finding finding(int port) {
        if (listeners.isEmpty()) {
            return Finding.of(
                    FindingCode.PORT_TAKEN,
                    "Port " + port + " is in use, by a socket that this network namespace's tables do not show.");
        }
        Set<Family> taken = families();
        String on = taken.size() == 1 ? " on " + taken.iterator().next() + " alone" : "";
        return Finding.of(
                FindingCode.PORT_TAKEN,
                "Port " + port + " is taken" + on + " by "
                        + listeners.stream().map(this::describe).collect(Collectors.joining(" and by ")) + ".");
    }

    private String describe(Listener listener) {
        return listener.local() + holder(listener.inode());
    }

    private String holder(long inode) {
        String wanted = "socket:[" + inode + "]";
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                if (holds(process, wanted)) {
                    String command = Files.readString(process.resolve("comm")).trim();
                    return " (process " + process.getFileName() + ", " + command + ")";
                }
            }
        } catch (IOException notTold) {
            // Then the address alone must do.
        }
        return "";
    }

    private static boolean holds(Path process, String wanted) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                try {
                    if (Files.readSymbolicLink(descriptor).toString().equals(wanted)) {
                        return true;
                    }
                } catch (IOException closedMeanwhile) {
                    // As is the way of descriptors.
                }
            }
        } catch (IOException notOurs) {
            // Another user's process, or one that has ended.
        }
        return false;
    }
}
