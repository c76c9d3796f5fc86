// SPDX-License-Identifier: Apache-2.0
/** What v6 costs a service at its start. */
@NullMarked
package dev.v6.benchmarks.start;

import org.jspecify.annotations.NullMarked;
