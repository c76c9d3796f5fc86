// SPDX-License-Identifier: Apache-2.0
package dev.v6.spring;

import dev.v6.Setting;
import dev.v6.check.CheckMode;
import java.util.ArrayList;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether there is to be anything of v6's in the application at all. */
final class NotSwitchedOff extends SpringBootCondition {
    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        String word = context.getEnvironment().getProperty(Setting.CHECK.property(), "");
        return new ConditionOutcome(
                CheckMode.of(word, new ArrayList<>()) != CheckMode.OFF,
                Setting.CHECK.property() + " is '" + word + "'");
    }
}
