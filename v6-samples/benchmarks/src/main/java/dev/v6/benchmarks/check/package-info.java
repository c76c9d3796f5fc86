// SPDX-License-Identifier: Apache-2.0
/** What the self-check costs. */
@NullMarked
package dev.v6.benchmarks.check;

import org.jspecify.annotations.NullMarked;
