// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.report;

import dev.v6.AddressText;
import dev.v6.Family;
import dev.v6.Finding;
import dev.v6.Json;
import dev.v6.maven.verify.Cell;
import dev.v6.maven.verify.Result;
import dev.v6.proc.Listener;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The report for programs. Its {@code schema} number changes when a field changes its meaning or goes. */
public final class JsonReport {
    private static final int SCHEMA = 1;

    private JsonReport() {}

    /**
     * Writes it.
     *
     * @param result what came of the verification
     * @return indented JSON text
     */
    public static String write(Result result) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("schema", SCHEMA);
        json.put("image", result.placement().subject());
        json.put("engine", ordered("kind", result.engineKind(), "version", result.engineVersion()));
        json.put("network", result.placement().network());
        json.put("verdict", result.verdict().name());
        json.put("reason", result.reason());
        json.put("cells", result.cells().stream().map(JsonReport::cell).toList());
        json.put(
                "listeners",
                result.listeners().stream().map(JsonReport::listener).toList());
        json.put("localhost", result.facts().localhost());
        json.put("findings", result.findings().stream().map(JsonReport::finding).toList());
        return Json.pretty(json);
    }

    private static Map<String, @Nullable Object> cell(Cell cell) {
        return ordered(
                "port", cell.aim().port().number(),
                "protocol", cell.aim().port().protocol().word(),
                "vantage", cell.aim().vantage().word(),
                "family", cell.aim().family().toString(),
                "target", cell.aim().target() == null ? null : cell.aim().where(),
                "outcome", cell.outcome().word(),
                "path", cell.passage().word(),
                "required", cell.required(),
                "millis", cell.millis(),
                "detail", cell.detail(),
                "finding", cell.finding() == null ? null : cell.finding().id());
    }

    private static Map<String, @Nullable Object> listener(Listener listener) {
        List<String> families =
                listener.families().stream().sorted().map(Family::toString).toList();
        return ordered(
                "protocol", listener.protocol().word(),
                "address", AddressText.of(listener.local().address()),
                "mapped", listener.local().mapped(),
                "port", listener.local().port(),
                "families", families);
    }

    private static Map<String, @Nullable Object> finding(Finding finding) {
        return ordered(
                "code", finding.code().id(),
                "severity", finding.severity().name().toLowerCase(Locale.ROOT),
                "title", finding.code().title(),
                "evidence", finding.evidence(),
                "cause", finding.cause(),
                "remedy", finding.remedy());
    }

    private static Map<String, @Nullable Object> ordered(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return map;
    }
}
