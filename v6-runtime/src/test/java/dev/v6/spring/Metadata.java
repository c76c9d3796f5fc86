// SPDX-License-Identifier: Apache-2.0
package dev.v6.spring;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.springframework.boot.json.JsonParserFactory;

/** The configuration metadata in v6's jar. */
public final class Metadata {
    private static final String PLACE = "META-INF/spring-configuration-metadata.json";

    private final Map<String, Object> json;

    private Metadata(Map<String, Object> json) {
        this.json = json;
    }

    public static Metadata read() throws IOException {
        try (InputStream in = Metadata.class.getClassLoader().getResourceAsStream(PLACE)) {
            return new Metadata(
                    JsonParserFactory.getJsonParser().parseMap(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        }
    }

    List<Map<String, Object>> properties() {
        return maps("properties", json);
    }

    /** The values that are proposed for a property, in their order. */
    public List<String> words(String property) {
        for (Map<String, Object> hint : maps("hints", json)) {
            if (hint.get("name").equals(property)) {
                return maps("values", hint).stream()
                        .map(value -> (String) value.get("value"))
                        .toList();
            }
        }
        return List.of();
    }

    @SuppressWarnings("unchecked") // as the format has it, and a cast that fails fails the test
    private static List<Map<String, Object>> maps(String name, Map<String, Object> json) {
        return (List<Map<String, Object>>) json.get(name);
    }
}
