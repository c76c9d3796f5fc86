// SPDX-License-Identifier: Apache-2.0
package dev.v6.spring;

import dev.v6.check.SelfCheck;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.ConfigurableEnvironment;

/** The check at the start, by the mere presence of v6. */
@AutoConfiguration
@Conditional(NotSwitchedOff.class)
final class SelfCheckAutoConfiguration {
    @Bean
    LatestReport v6LatestReport(ConfigurableEnvironment environment) {
        ServerAddress address = new ServerAddress(environment);
        return new LatestReport(
                new LocalPorts(environment)::all,
                ports -> address.named(SelfCheck.of(ports).run()),
                System::nanoTime);
    }

    @Bean
    SpringSettings v6Settings(ConfigurableEnvironment environment) {
        return new SpringSettings(environment);
    }

    @Bean
    StartCheck v6StartCheck(ConfigurableApplicationContext context, SpringSettings settings, LatestReport latest) {
        return new StartCheck(context, settings, latest);
    }
}
