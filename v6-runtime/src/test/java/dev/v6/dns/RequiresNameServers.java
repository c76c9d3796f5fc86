// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** For tests that start dnsmasq, unbound and BIND. In CI a test that lacks them fails; elsewhere it is skipped. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(RequiresNameServers.Condition.class)
@interface RequiresNameServers {

    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (NameServers.present("dnsmasq", "unbound", "named")) {
                return ConditionEvaluationResult.enabled("dnsmasq, unbound and BIND are here");
            }
            if ("true".equals(System.getenv("CI"))) {
                throw new IllegalStateException(
                        context.getDisplayName() + " needs name servers. Install dnsmasq-base, unbound and bind9.");
            }
            return ConditionEvaluationResult.disabled("needs dnsmasq, unbound and BIND");
        }
    }
}
