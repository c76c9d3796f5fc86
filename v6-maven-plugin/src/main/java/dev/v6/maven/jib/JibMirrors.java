// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.jib;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether Jib may fetch the base image without TLS. Jib takes no mirror over plain HTTP unless
 * {@code allowInsecureRegistries} is set, and makes no exception for this machine: a mirror on localhost fails after
 * two minutes. That setting, however, loosens every registry of the build. So v6 sets it only where no packet of the
 * base image leaves this machine: every mirror that Jib's global configuration names for the image's registry is on
 * loopback, and answers there right now over plain HTTP; else Jib would go on to the registry itself, unprotected.
 */
final class JibMirrors {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final String DOCKER_HUB = "registry-1.docker.io";
    private static final Pattern LOOPBACK =
            Pattern.compile("(localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1])(:\\d{1,5})?");

    private final JsonNode config;

    private JibMirrors(JsonNode config) {
        this.config = config;
    }

    /** Jib's global configuration, from where Jib itself reads it on Linux; an empty one if it is not there. */
    static JibMirrors read(Map<String, String> env, @Nullable String configDirectory) {
        String base = env.getOrDefault("XDG_CONFIG_HOME", "");
        Path folder = configDirectory != null
                ? Path.of(configDirectory)
                : (base.isBlank() ? Path.of(System.getProperty("user.home"), ".config") : Path.of(base))
                        .resolve("google-cloud-tools-java/jib");
        ObjectMapper json = new ObjectMapper();
        try {
            Path file = folder.resolve("config.json");
            return new JibMirrors(Files.exists(file) ? json.readTree(file.toFile()) : json.createObjectNode());
        } catch (IOException unreadable) {
            // Jib reads it too and says what is wrong with it.
            return new JibMirrors(json.createObjectNode());
        }
    }

    /**
     * Whether the base image comes from this machine over plain HTTP.
     *
     * @param baseImage {@code from.image}; null for Jib's default, which is at Docker Hub
     */
    boolean areLocalAndPlain(@Nullable String baseImage) {
        List<String> mirrors = mirrors(registry(baseImage));
        return !mirrors.isEmpty()
                && mirrors.stream().allMatch(mirror -> LOOPBACK.matcher(mirror).matches())
                && mirrors.stream().allMatch(JibMirrors::answersPlainly);
    }

    private List<String> mirrors(@Nullable String registry) {
        List<String> mirrors = new ArrayList<>();
        for (JsonNode entry : config.path("registryMirrors")) {
            if (entry.path("registry").asText().equals(registry)) {
                entry.path("mirrors").forEach(mirror -> mirrors.add(mirror.asText()));
            }
        }
        return mirrors;
    }

    /** The registry's host, as Jib names it; null for an image that comes from no registry. */
    static @Nullable String registry(@Nullable String image) {
        if (image == null) {
            return DOCKER_HUB;
        }
        if (image.equals("scratch") || image.startsWith("tar://") || image.startsWith("docker://")) {
            return null;
        }
        String plain = image.startsWith("registry://") ? image.substring("registry://".length()) : image;
        int slash = plain.indexOf('/');
        String first = slash < 0 ? "" : plain.substring(0, slash);
        boolean host = first.contains(".") || first.contains(":") || first.equals("localhost");
        return !host || first.equals("docker.io") || first.equals("index.docker.io") ? DOCKER_HUB : first;
    }

    private static boolean answersPlainly(String mirror) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://" + mirror + "/v2/").toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout((int) TIMEOUT.toMillis());
            connection.setReadTimeout((int) TIMEOUT.toMillis());
            connection.setInstanceFollowRedirects(false);
            try {
                // A registry that speaks TLS answers 400 to plain HTTP.
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException | IllegalArgumentException nobodyThere) {
            return false;
        }
    }
}
