// SPDX-License-Identifier: Apache-2.0
package dev.v6.spring;

import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The health contributor, as Spring Boot 3 wants it. */
@AutoConfiguration(after = SelfCheckAutoConfiguration.class)
@ConditionalOnClass(
        name = {
            "org.springframework.boot.actuate.health.HealthIndicator",
            "org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator"
        })
@ConditionalOnEnabledHealthIndicator("ipv6")
@ConditionalOnBean(LatestReport.class)
final class Boot3HealthAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean(name = "ipv6HealthIndicator")
    HealthIndicator ipv6HealthIndicator(LatestReport latest, SpringSettings settings) {
        Ipv6Health health = new Ipv6Health(latest, settings.downOnError());
        return () -> {
            Ipv6Health.Seen seen = health.look();
            return Health.status(seen.status()).withDetails(seen.details()).build();
        };
    }
}
