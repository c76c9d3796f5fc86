// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** What an image's archive holds, as {@code docker save} and {@code jib:buildTar} write it. */
public final class Image {
    private final JsonNode config;
    private final List<Map<String, byte[]>> layers;
    private final List<String> tags = new ArrayList<>();

    private Image(JsonNode manifest, Map<String, byte[]> files) throws IOException {
        config = new ObjectMapper()
                .readTree(files.get(manifest.path("Config").asText()))
                .path("config");
        manifest.path("RepoTags").forEach(tag -> tags.add(tag.asText()));
        layers = new ArrayList<>();
        for (JsonNode layer : manifest.path("Layers")) {
            layers.add(files(new GZIPInputStream(new ByteArrayInputStream(files.get(layer.asText())))));
        }
    }

    /**
     * Reads an archive.
     *
     * @param tar as Jib writes it, its layers compressed
     * @return what is in it
     * @throws IOException if it cannot be read
     */
    public static Image read(Path tar) throws IOException {
        Map<String, byte[]> files = files(Files.newInputStream(tar));
        return new Image(new ObjectMapper().readTree(files.get("manifest.json")).get(0), files);
    }

    /** The entrypoint; empty where the image has none. */
    public List<String> entrypoint() {
        List<String> words = new ArrayList<>();
        config.path("Entrypoint").forEach(word -> words.add(word.asText()));
        return words;
    }

    /** The environment. */
    public Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        config.path("Env").forEach(variable -> {
            String[] parts = variable.asText().split("=", 2);
            environment.put(parts[0], parts[1]);
        });
        return environment;
    }

    /** The labels. */
    public Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>();
        config.path("Labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return labels;
    }

    /** The names that it goes by. */
    public List<String> tags() {
        return tags;
    }

    /** How many layers hold a file. */
    public long layersWith(String path) {
        return layers.stream().filter(layer -> layer.containsKey(path)).count();
    }

    /** The files of the one layer that holds a path. */
    public Map<String, byte[]> layerOf(String path) {
        return layers.stream()
                .filter(layer -> layer.containsKey(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No layer holds " + path));
    }

    private static Map<String, byte[]> files(InputStream in) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new BufferedInputStream(in))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isFile()) {
                    files.put(entry.getName(), tar.readAllBytes());
                }
            }
        }
        return files;
    }
}
