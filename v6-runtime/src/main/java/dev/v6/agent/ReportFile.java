// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that whoever reads it finds whole. */
final class ReportFile {
    private ReportFile() {}

    static void write(Path file, String content) throws IOException {
        Path absolute = file.toAbsolutePath();
        if (Files.exists(absolute) && !Files.isRegularFile(absolute)) {
            Files.writeString(absolute, content); // a pipe, or /dev/stderr, stays what it is
            return;
        }
        Path fresh = Files.createTempFile(absolute.getParent(), ".v6-", ".json");
        try {
            Files.writeString(fresh, content);
            Files.move(fresh, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(fresh, absolute, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
