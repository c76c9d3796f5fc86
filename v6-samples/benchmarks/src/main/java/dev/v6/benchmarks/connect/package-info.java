// SPDX-License-Identifier: Apache-2.0
/** HappyEyeballs beside what connects without it. */
@NullMarked
package dev.v6.benchmarks.connect;

import org.jspecify.annotations.NullMarked;
