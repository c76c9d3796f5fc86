// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The test needs the lab's Docker Engines. On a developer's machine without them it is skipped; in CI it fails. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresDocker.Condition.class)
public @interface RequiresDocker {

    /** Looks for what {@code .ci/lab env} exports. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (!LabEngine.all().isEmpty()) {
                return ConditionEvaluationResult.enabled("the lab is up");
            }
            String reason = "V6_LAB_HOSTS names no Docker Engine. Run .ci/lab up and eval \"$(.ci/lab env 28)\".";
            if ("true".equals(System.getenv("CI"))) {
                throw new IllegalStateException(reason);
            }
            return ConditionEvaluationResult.disabled(reason);
        }
    }
}
