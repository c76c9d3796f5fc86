// SPDX-License-Identifier: Apache-2.0
package dev.v6.proc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads the few files below /proc/sys/net/ipv6 that matter here. */
final class SysctlReader {
    private static final int LONGEST_VALUE = 32;

    private final Path directory;
    private final Problems problems;
    private final Map<String, Integer> values = new HashMap<>();

    private SysctlReader(Path directory, Problems problems) {
        this.directory = directory;
        this.problems = problems;
    }

    static Sysctls read(Path directory, Problems problems) {
        SysctlReader reader = new SysctlReader(directory, problems);
        boolean present = Files.isDirectory(directory);
        Set<String> names = present ? reader.names() : new TreeSet<>();
        reader.value("bindv6only");
        reader.value("conf/all/forwarding");
        for (String name : names) {
            reader.value("conf/" + name + "/disable_ipv6");
            reader.value("conf/" + name + "/accept_ra");
        }
        names.remove("all");
        names.remove("default");
        return new Sysctls(present, reader.values, names, problems.sentences());
    }

    private Set<String> names() {
        Set<String> names = new TreeSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory.resolve("conf"))) {
            for (Path entry : entries) {
                names.add(String.valueOf(entry.getFileName()));
            }
        } catch (NoSuchFileException e) {
            // Without conf there are no values, and that is what the reader of an absent value is told.
        } catch (DirectoryIteratorException e) {
            problems.unreadable(directory.resolve("conf"), e);
        } catch (IOException e) {
            problems.unreadable(directory.resolve("conf"), e);
        }
        return names;
    }

    private void value(String path) {
        Path file = directory.resolve(path);
        try (InputStream in = ProcFile.open(file)) {
            String text = new String(in.readNBytes(LONGEST_VALUE), StandardCharsets.ISO_8859_1).trim();
            values.put(path, Integer.parseInt(text));
        } catch (NoSuchFileException e) {
            // An absent setting has no value.
        } catch (NumberFormatException e) {
            problems.add(file + " holds no number, so it was left out.");
        } catch (IOException e) {
            problems.unreadable(file, e);
        }
    }
}
