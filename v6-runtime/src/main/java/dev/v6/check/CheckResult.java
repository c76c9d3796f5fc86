// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.Finding;
import dev.v6.FindingCode;
import dev.v6.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How one check ended.
 *
 * @param code what it looks for
 * @param status how it ended
 * @param reason what that rests on, in words
 * @param findings what it found, and what of its kind was mended before
 */
public record CheckResult(FindingCode code, Status status, String reason, List<Finding> findings) {

    /** How a check can end. */
    public enum Status {
        /** It looked, and there is nothing wrong. */
        PASS,
        /** It found something. */
        FAIL,
        /** It could not tell, and the reason says why. */
        UNKNOWN,
        /** It does not apply here, and the reason says why. */
        SKIPPED
    }

    /**
     * Keeps a copy of the findings.
     *
     * @param code what it looks for
     * @param status how it ended
     * @param reason what that rests on
     * @param findings what it found
     */
    public CheckResult {
        findings = List.copyOf(findings);
    }

    static CheckResult pass(FindingCode code, String reason) {
        return new CheckResult(code, Status.PASS, reason, List.of());
    }

    static CheckResult fail(FindingCode code, String evidence) {
        return found(code, List.of(Finding.of(code, evidence)));
    }

    /** Failed if there are findings, else passed. */
    static CheckResult of(FindingCode code, List<Finding> findings, String reasonToPass) {
        return findings.isEmpty() ? pass(code, reasonToPass) : found(code, findings);
    }

    private static CheckResult found(FindingCode code, List<Finding> findings) {
        return new CheckResult(code, Status.FAIL, findings.get(0).evidence(), findings);
    }

    static CheckResult unknown(FindingCode code, String reason) {
        return new CheckResult(code, Status.UNKNOWN, reason, List.of());
    }

    static CheckResult skipped(FindingCode code, String reason) {
        return new CheckResult(code, Status.SKIPPED, reason, List.of());
    }

    /** The same, with those of the repaired findings that are of its code. What was mended in the JVM is no fault any more. */
    CheckResult with(List<Finding> repaired) {
        List<Finding> all = ofKind(code, repaired);
        if (all.isEmpty()) {
            return this;
        }
        boolean ofTheJvm = code.compareTo(FindingCode.IPV6_DISABLED) < 0;
        for (Finding finding : findings) {
            if (!ofTheJvm || finding.severity() == Severity.INFO) {
                all.add(finding);
            }
        }
        return new CheckResult(code, ofTheJvm ? Status.PASS : status, reason, all);
    }

    /** Those findings that are of one code. */
    static List<Finding> ofKind(FindingCode code, List<Finding> findings) {
        List<Finding> some = new ArrayList<>();
        for (Finding finding : findings) {
            if (finding.code() == code) {
                some.add(finding);
            }
        }
        return some;
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("code", code.id());
        json.put("status", status.name());
        json.put("reason", reason);
        return json;
    }
}
