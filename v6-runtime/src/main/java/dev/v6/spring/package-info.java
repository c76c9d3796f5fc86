// SPDX-License-Identifier: Apache-2.0
/**
 * Spring Boot 3.5 and 4: once an application listens, its real ports are checked; what is found is logged, shown in the
 * health endpoint and counted in gauges. Nothing of this is loaded where there is no Spring Boot.
 */
@NullMarked
package dev.v6.spring;

import org.jspecify.annotations.NullMarked;
