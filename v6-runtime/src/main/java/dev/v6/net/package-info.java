// SPDX-License-Identifier: Apache-2.0
/** Sockets on both families: listening, connecting and bridging. */
@NullMarked
package dev.v6.net;

import org.jspecify.annotations.NullMarked;
