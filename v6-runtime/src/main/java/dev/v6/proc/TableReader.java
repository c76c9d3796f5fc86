// SPDX-License-Identifier: Apache-2.0
package dev.v6.proc;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads one table line by line in bounded memory, whatever the file holds. What it cannot read becomes a sentence among
 * the problems; it throws nothing.
 */
final class TableReader implements Closeable {
    /** The widest table, tcp6, has rows of about 180 bytes. */
    private static final int LONGEST_LINE = 512;

    /** The kernel hands out no more than a page at a time. */
    private static final int BUFFER = 1 << 12;

    private final Path file;
    private final Problems problems;
    private final byte[] buffer = new byte[BUFFER];
    private final byte[] line = new byte[LONGEST_LINE];

    private @Nullable InputStream in;
    private int position;
    private int limit;
    private int length;
    private int number;
    private boolean cut;
    private boolean failed;

    private TableReader(Path file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /**
     * Opens a table.
     *
     * @param file the table
     * @param ifMissing the sentence for a file that is not there, after its name
     * @param problems where sentences go
     * @return a reader, which has no lines if the file cannot be opened
     */
    static TableReader open(Path file, String ifMissing, Problems problems) {
        TableReader reader = new TableReader(file, problems);
        try {
            reader.in = ProcFile.open(file);
        } catch (NoSuchFileException e) {
            problems.add(file + " " + ifMissing);
        } catch (IOException e) {
            problems.unreadable(file, e);
        }
        return reader;
    }

    /** Moves on to the next line that is not too long to be one; false at the end. */
    boolean next() {
        while (in != null && fill()) {
            number++;
            if (!readLine()) {
                problems.add(where() + " is longer than " + LONGEST_LINE + " bytes, so it was left out.");
            } else if (cut && !dropBrokenField()) {
                return false;
            } else {
                return true;
            }
        }
        return false;
    }

    String line() {
        return new String(line, 0, length, StandardCharsets.ISO_8859_1);
    }

    /**
     * Whether a field of the line, counted from 0, is this text. For a hundred thousand rows this is much cheaper than to
     * make strings of them.
     */
    boolean fieldIs(int field, String text) {
        int at = 0;
        for (int i = 0; i <= field; i++) {
            at = fieldEnd(at);
        }
        int start = at - text.length();
        boolean whole = start > 0 && line[start - 1] == ' ';
        for (int i = 0; whole && i < text.length(); i++) {
            whole = line[start + i] == text.charAt(i);
        }
        return whole;
    }

    private int fieldEnd(int from) {
        int at = from;
        while (at < length && line[at] == ' ') {
            at++;
        }
        while (at < length && line[at] != ' ') {
            at++;
        }
        return at;
    }

    int number() {
        return number;
    }

    /** Whether the file could be read and held nothing at all. */
    boolean empty() {
        return in != null && number == 0 && !failed;
    }

    /** To be told of a line that is no row of this table. */
    void garbled() {
        problems.add(where() + " is no row of this table, so it was left out: '" + Problems.printable(line()) + "'.");
    }

    private String where() {
        return file + " line " + number;
    }

    /** The last field of a line that is cut off may have lost digits; those before it are whole. */
    private boolean dropBrokenField() {
        problems.add(where() + " is cut off, so the table may go on where this reading ends.");
        while (length > 0 && line[length - 1] != ' ') {
            length--;
        }
        return length > 0;
    }

    /** Takes in one line, up to its line feed or the end of the file; false if it does not fit. */
    private boolean readLine() {
        length = 0;
        boolean fits = true;
        while (fill()) {
            int start = position;
            while (position < limit && buffer[position] != '\n') {
                position++;
            }
            int more = Math.min(position - start, LONGEST_LINE - length);
            System.arraycopy(buffer, start, line, length, more);
            length += more;
            fits &= more == position - start;
            if (position < limit) {
                position++;
                return fits;
            }
        }
        cut = true;
        return fits;
    }

    /** Makes sure that there is a byte to read; false at the end. */
    private boolean fill() {
        if (position < limit) {
            return true;
        }
        try {
            position = 0;
            limit = in == null ? -1 : in.read(buffer);
            return limit > 0;
        } catch (IOException e) {
            problems.unreadable(file, e);
            failed = true;
            limit = -1;
            return false;
        }
    }

    @Override
    public void close() {
        if (in == null) {
            return;
        }
        try {
            in.close();
        } catch (IOException e) {
            problems.unreadable(file, e);
        }
    }
}
