// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.proc.Listener;
import dev.v6.proc.Table;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds the JVMs that could be the service: those in this network namespace, but for the one that looks. */
final class JvmProcesses {
    private JvmProcesses() {}

    static List<JvmProcess> of(Facts facts) {
        Surroundings surroundings = facts.surroundings();
        List<JvmProcess> found = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(surroundings.root(), "[0-9]*")) {
            for (Path directory : processes) {
                long pid = number(directory);
                JvmProcess process = pid <= 0 || pid == surroundings.self() ? null : JvmProcess.read(directory, pid);
                if (process != null && sameNetwork(process, surroundings) && mayServe(process, facts)) {
                    found.add(process);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return found; // without a proc file system no process shows
        }
        return found;
    }

    private static long number(Path directory) {
        try {
            return Long.parseLong(String.valueOf(directory.getFileName()));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** On a host the processes of all containers show. */
    private static boolean sameNetwork(JvmProcess process, Surroundings surroundings) {
        try {
            return Files.readSymbolicLink(process.directory().resolve("ns/net"))
                    .equals(Files.readSymbolicLink(surroundings.root().resolve("self/ns/net")));
        } catch (IOException e) {
            return true; // another user's: nothing speaks against it
        }
    }

    /** Where ports were named, only a process that holds one of them is the service, as far as that can be seen. */
    private static boolean mayServe(JvmProcess process, Facts facts) {
        if (!facts.portsNamed()) {
            return true;
        }
        List<Listener> there = new ArrayList<>();
        for (PortView port : facts.ports()) {
            there.addAll(port.listeners());
        }
        Table<Listener> held = facts.surroundings().proc().heldBy(process.pid(), new Table<>(there, List.of()));
        boolean unseen = !held.problems().isEmpty();
        return unseen || !held.rows().isEmpty();
    }
}
