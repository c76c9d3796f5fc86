// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Whoever runs this test, the socket is tried by a user who may not use it: root may use every socket. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(180)
class DockerAccessPermissionTest {
    @TempDir
    Path folder;

    @Test
    void aSocketThatTheUserMayNotUseIsSaidToBeSo() throws Exception {
        Path socket = folder.resolve("d.sock");
        try (FakeEngine engine = FakeEngine.offering(socket, "1.41", "1.12")) {
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("---------"));

            assertThat(messageFor(socket))
                    .contains("DOCKER_HOST is unix://" + socket
                            + ", and permission to use that socket is denied to the user ")
                    .contains("Add the user to the group that owns it (sudo usermod -aG docker ");
            assertThat(engine.asked()).isEmpty();
        }
    }

    @Test
    void aFolderThatTheUserMayNotEnterIsNotTakenForNoSocket() throws Exception {
        Path closed = Files.createDirectory(folder.resolve("closed"));
        Path socket = closed.resolve("d.sock");
        try (FakeEngine engine = FakeEngine.offering(socket, "1.41", "1.12")) {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
            try {
                assertThat(messageFor(socket)).contains("permission to use that socket is denied");
            } finally {
                Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
            }
            assertThat(engine.asked()).isEmpty();
        }
    }

    private String messageFor(Path socket) throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                readableClassPath(),
                Asking.class.getName(),
                socket.toString()));
        Process asking = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(asking.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(asking.waitFor()).as(said).isZero();
        return said;
    }

    /** A copy of the class path that everybody may read; the local repository often is its owner's alone. */
    private String readableClassPath() throws IOException {
        Path copies = Files.createDirectories(folder.resolve("classpath"));
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path from = Path.of(entry);
            Path to = copies.resolve(entries.size() + "-" + from.getFileName());
            if (Files.isDirectory(from)) {
                copyTree(from, to);
            } else if (Files.exists(from)) {
                linkOrCopy(from, to);
            }
            entries.add(to.toString());
        }
        return String.join(File.pathSeparator, entries);
    }

    private static void linkOrCopy(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (IOException | UnsupportedOperationException otherFileSystem) {
            Files.copy(from, to);
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Runs as the other user. */
    static final class Asking {
        private Asking() {}

        public static void main(String[] args) throws IOException {
            try {
                DockerAccess.open(Map.of("DOCKER_HOST", "unix://" + args[0]), Duration.ofSeconds(20))
                        .close();
                System.out.println("answered");
            } catch (DockerUnavailableException expected) {
                System.out.println(expected.getMessage());
            }
        }
    }
}
