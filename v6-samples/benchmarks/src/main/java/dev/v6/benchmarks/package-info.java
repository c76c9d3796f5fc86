// SPDX-License-Identifier: Apache-2.0
/** What the benchmarks share. */
@NullMarked
package dev.v6.benchmarks;

import org.jspecify.annotations.NullMarked;
