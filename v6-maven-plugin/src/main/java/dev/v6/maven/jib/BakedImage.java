// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.jib;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * What {@code v6:build} made, for {@code v6:verify} to find: the file {@code image.properties} in {@code target/v6}.
 *
 * @param name the image's name and tag
 * @param id the digest of its configuration, {@code sha256:…}: what an engine calls the image's ID
 * @param digest the digest of its manifest, {@code sha256:…}
 * @param tar the archive, for {@code docker load}; empty where the engine was given the image
 */
public record BakedImage(String name, String id, String digest, Optional<Path> tar) {
    private static final String FILE = "image.properties";

    /**
     * Reads what a build left.
     *
     * @param folder {@code target/v6}
     * @return empty if the last build made no image
     * @throws IOException if the file is there and cannot be read
     */
    public static Optional<BakedImage> read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        return Optional.of(new BakedImage(
                properties.getProperty("name", ""),
                properties.getProperty("id", ""),
                properties.getProperty("digest", ""),
                Optional.ofNullable(properties.getProperty("tar")).map(folder::resolve)));
    }

    /** Leaves it in a folder. Written by hand, as {@link Properties} would add the time and make two builds differ. */
    void write(Path folder) throws IOException {
        StringBuilder text = new StringBuilder();
        line(text, "name", name);
        line(text, "id", id);
        line(text, "digest", digest);
        tar.ifPresent(path -> line(
                text,
                "tar",
                folder.toAbsolutePath().relativize(path.toAbsolutePath()).toString()));
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(FILE), text);
    }

    /** So that nobody takes the image of an earlier build for this one's. */
    static void forget(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(FILE));
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append(key).append('=').append(value.replace("\\", "\\\\")).append('\n');
    }
}
