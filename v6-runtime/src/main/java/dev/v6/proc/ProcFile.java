// SPDX-License-Identifier: Apache-2.0
package dev.v6.proc;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Opens files without a channel: the JDK's channels load its network library, and that decides there and then whether
 * this JVM has IPv6. In a service this is not the agent's to decide.
 */
public final class ProcFile {
    private ProcFile() {}

    /**
     * Opens a file to read it.
     *
     * @param file which
     * @return its bytes
     * @throws NoSuchFileException if there is none
     * @throws AccessDeniedException if this user may not read it
     * @throws IOException for any other reason
     */
    public static InputStream open(Path file) throws IOException {
        try {
            return new FileInputStream(file.toFile());
        } catch (FileNotFoundException e) {
            if (Files.notExists(file)) {
                throw new NoSuchFileException(file.toString());
            }
            if (!Files.isReadable(file)) {
                throw new AccessDeniedException(file.toString());
            }
            throw new IOException(reason(e), e);
        }
    }

    /** The message is {@code path (reason)}. */
    private static String reason(FileNotFoundException e) {
        String message = String.valueOf(e.getMessage());
        int open = message.lastIndexOf('(');
        return open >= 0 && message.endsWith(")") ? message.substring(open + 1, message.length() - 1) : message;
    }
}
