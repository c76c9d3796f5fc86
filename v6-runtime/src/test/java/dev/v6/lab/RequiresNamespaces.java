// SPDX-License-Identifier: Apache-2.0
package dev.v6.lab;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** For tests that make network namespaces: root on Linux. In CI a test that lacks them fails; elsewhere it is skipped. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(RequiresNamespaces.Condition.class)
public @interface RequiresNamespaces {

    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (Files.isWritable(Path.of("/run")) && Files.exists(Path.of("/proc/self/ns/net"))) {
                return ConditionEvaluationResult.enabled("root on Linux");
            }
            if ("true".equals(System.getenv("CI"))) {
                throw new IllegalStateException(
                        context.getDisplayName() + " needs network namespaces. Run it as root on Linux.");
            }
            return ConditionEvaluationResult.disabled("needs root on Linux, for network namespaces");
        }
    }
}
