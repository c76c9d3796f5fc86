// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import dev.v6.proc.Problems;
import dev.v6.proc.ProcFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads the small text files of /etc in bounded memory, whatever stands in their place. */
final class TextFile {
    /** The longest that counts. A hosts file of 20,000 names has this size. */
    static final int LONGEST = 1 << 20;

    private TextFile() {}

    /** What can be read of it, a byte a character; empty, and told among the problems, if that is nothing. */
    static String read(Path file, Problems problems) {
        try {
            // A pipe in its place would have the reader wait for ever.
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                problems.add(file + (Files.isDirectory(file) ? " is a directory." : " is no regular file.")
                        + " Put a text file in its place.");
                return "";
            }
            try (InputStream in = ProcFile.open(file)) {
                String text = new String(in.readNBytes(LONGEST), StandardCharsets.ISO_8859_1);
                if (in.read() < 0) {
                    return text;
                }
                problems.add(file + " is longer than " + LONGEST + " bytes, so what comes after these was left out.");
                // The line that is cut in two may say something else than the whole.
                return text.substring(0, text.lastIndexOf('\n') + 1);
            }
        } catch (NoSuchFileException e) {
            problems.add(file + " does not exist.");
        } catch (IOException e) {
            problems.unreadable(file, e);
        }
        return "";
    }
}
