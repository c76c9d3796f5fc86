// SPDX-License-Identifier: Apache-2.0
/** LoopbackBridge beside other TCP proxies. */
@NullMarked
package dev.v6.benchmarks.bridge;

import org.jspecify.annotations.NullMarked;
