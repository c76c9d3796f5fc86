// SPDX-License-Identifier: Apache-2.0
package dev.v6;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is wrong: a stable code, what was seen, why, and what to do about it.
 *
 * @param code which of the catalogue
 * @param severity how loud
 * @param evidence what was seen, with the concrete values
 * @param cause why that breaks a family
 * @param remedy what to change, beginning with a verb
 */
public record Finding(FindingCode code, Severity severity, String evidence, String cause, String remedy) {

    /**
     * A finding with the severity, cause and remedy that the catalogue gives.
     *
     * @param code which of the catalogue
     * @param evidence what was seen
     * @return the finding
     */
    public static Finding of(FindingCode code, String evidence) {
        return new Finding(code, code.severity(), evidence, code.cause(), code.remedy());
    }

    /**
     * The same finding with a remedy that fits the place where the service runs.
     *
     * @param better what to change there
     * @return a copy
     */
    public Finding withRemedy(String better) {
        return new Finding(code, severity, evidence, cause, better);
    }

    /**
     * The same finding, louder or quieter.
     *
     * @param other how loud
     * @return a copy
     */
    public Finding withSeverity(Severity other) {
        return new Finding(code, other, evidence, cause, remedy);
    }

    /**
     * The form that reports print for programs.
     *
     * @return code, severity, title, evidence, cause and remedy, in this order
     */
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("code", code.id());
        json.put("severity", severity.name());
        json.put("title", code.title());
        json.put("evidence", evidence);
        json.put("cause", cause);
        json.put("remedy", remedy);
        return json;
    }
}
