// SPDX-License-Identifier: Apache-2.0
package dev.v6.spring;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** The gauges, where Micrometer is there. */
@AutoConfiguration(after = SelfCheckAutoConfiguration.class)
@ConditionalOnClass(name = "io.micrometer.core.instrument.MeterRegistry")
@ConditionalOnBean(LatestReport.class)
final class GaugesAutoConfiguration {
    @Bean
    ReportGauges v6ReportGauges(
            ApplicationContext context,
            Environment environment,
            ObjectProvider<MeterRegistry> registries,
            LatestReport latest) {
        return new ReportGauges(context, registries, new LocalPorts(environment), latest);
    }
}
