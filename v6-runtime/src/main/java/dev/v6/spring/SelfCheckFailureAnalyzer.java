// SPDX-License-Identifier: Apache-2.0
package dev.v6.spring;

import dev.v6.Finding;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Has Spring Boot say in its usual form why the start ended, instead of with a stack trace. */
final class SelfCheckFailureAnalyzer extends AbstractFailureAnalyzer<SelfCheckException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SelfCheckException cause) {
        return new FailureAnalysis(
                "v6.check is fail, and one family or both do not work:\n\n"
                        + lines(
                                cause,
                                finding -> finding.code().id() + " "
                                        + finding.code().title() + "\n    seen:  " + finding.evidence()
                                        + "\n    cause: " + finding.cause()),
                lines(cause, finding -> finding.code().id() + ": " + finding.remedy()),
                cause);
    }

    private static String lines(SelfCheckException cause, Function<Finding, String> line) {
        return cause.errors().stream().map(line).distinct().collect(Collectors.joining("\n"));
    }
}
