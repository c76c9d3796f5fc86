// SPDX-License-Identifier: Apache-2.0
package dev.v6.spring;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** The health contributor, as Spring Boot 4 wants it. */
@AutoConfiguration(after = SelfCheckAutoConfiguration.class)
@ConditionalOnClass(
        name = {
            "org.springframework.boot.health.contributor.HealthIndicator",
            "org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator"
        })
@ConditionalOnEnabledHealthIndicator("ipv6")
@ConditionalOnBean(LatestReport.class)
final class Boot4HealthAutoConfiguration {
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
