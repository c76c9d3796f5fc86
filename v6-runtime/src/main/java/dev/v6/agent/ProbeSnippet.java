// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The command {@code check} as the health check of a container, as text to paste. */
final class ProbeSnippet {
    static final List<String> KINDS = List.of("docker", "compose", "kubernetes");

    private static final String JAR = "/v6/agent.jar";

    private ProbeSnippet() {}

    /** The text, or null for a kind that there is not. */
    static @Nullable String of(String kind, List<Integer> ports) {
        List<String> words = words(ports);
        return switch (kind) {
            case "docker" ->
                "docker run --health-cmd '" + String.join(" ", words)
                        + "' --health-interval 60s --health-timeout 10s --health-start-period 30s IMAGE\n";
            case "compose" -> """
                healthcheck:
                  test: ["CMD", %s]
                  interval: 60s
                  timeout: 10s
                  start_period: 30s
                """.formatted(quoted(words));
            case "kubernetes" -> """
                startupProbe:
                  exec:
                    command: [%s]
                  periodSeconds: 5
                  timeoutSeconds: 10
                  failureThreshold: 12
                """.formatted(quoted(words));
            default -> null;
        };
    }

    private static List<String> words(List<Integer> ports) {
        // A second JVM is to be small and quick, for it runs again and again.
        List<String> words = new ArrayList<>(
                List.of("java", "-Xmx32m", "-XX:+UseSerialGC", "-jar", JAR, "check", "--fail-on", "error"));
        for (int port : ports) {
            words.add("--port");
            words.add(Integer.toString(port));
        }
        return words;
    }

    private static String quoted(List<String> words) {
        return '"' + String.join("\", \"", words) + '"';
    }
}
