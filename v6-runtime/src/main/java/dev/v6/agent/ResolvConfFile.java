// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * resolv.conf, written in place: in a container it is a mount, which cannot be renamed over, and who has it open goes on
 * reading the same file.
 *
 * @param path the file
 */
record ResolvConfFile(Path path) {
    private static final String MARK = "# Written by v6";

    /** The file with these servers for its own, all else as it is. */
    String bypassing(List<String> addresses) throws IOException {
        StringBuilder text = new StringBuilder(
                MARK + ": upstreams stand for the embedded DNS. To undo: resolv-conf" + " --restore\n");
        addresses.forEach(address -> text.append("nameserver ").append(address).append('\n'));
        for (String line : current().split("\n", -1)) {
            boolean server = line.startsWith("nameserver") && line.matches("nameserver[ \t].*");
            if (!server && !line.startsWith(MARK) && !line.isEmpty()) {
                text.append(line).append('\n');
            }
        }
        return text.toString();
    }

    private String current() throws IOException {
        return new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
    }

    /** Writes that, and gives the copy of what was there before v6. */
    Path write(List<String> addresses) throws IOException {
        String before = current();
        String after = bypassing(addresses);
        boolean ours = before.startsWith(MARK);
        Path copy = ours ? copy() : save(before);
        try {
            replace(before, after);
            return copy;
        } catch (IOException e) {
            if (!ours) {
                Files.deleteIfExists(copy);
            }
            throw e;
        }
    }

    /** Writes the copy back, and gives where it was. */
    Path restore() throws IOException {
        Path copy = copy();
        replace(current(), new String(Files.readAllBytes(copy), StandardCharsets.ISO_8859_1));
        Files.delete(copy);
        return copy;
    }

    private Path copy() throws IOException {
        for (Path place : places()) {
            if (Files.exists(place)) {
                return place;
            }
        }
        throw new IOException("there is no copy in " + places().get(0) + " or " + places().get(1));
    }

    private List<Path> places() {
        String name = path.getFileName() + ".v6-saved";
        return List.of(path.resolveSibling(name), Path.of(System.getProperty("java.io.tmpdir"), name));
    }

    private Path save(String text) throws IOException {
        try {
            return Files.write(places().get(0), text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return Files.write(places().get(1), text.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private void replace(String before, String after) throws IOException {
        try {
            put(after);
        } catch (IOException e) {
            if (Files.isWritable(path) && !current().equals(before)) {
                put(before); // the disk is full, or the like
            }
            throw e;
        }
    }

    private void put(String text) throws IOException {
        try (OutputStream out = new FileOutputStream(path.toFile())) {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        }
    }
}
