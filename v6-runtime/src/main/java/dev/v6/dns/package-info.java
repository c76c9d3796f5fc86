// SPDX-License-Identifier: Apache-2.0
/** Names: what this place is told of them. */
@NullMarked
package dev.v6.dns;

import org.jspecify.annotations.NullMarked;
