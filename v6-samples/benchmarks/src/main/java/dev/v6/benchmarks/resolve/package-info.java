// SPDX-License-Identifier: Apache-2.0
/** Looking names up in a container: v6 beside what one would use instead. */
@NullMarked
package dev.v6.benchmarks.resolve;

import org.jspecify.annotations.NullMarked;
