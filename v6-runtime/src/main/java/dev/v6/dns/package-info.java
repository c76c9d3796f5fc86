// SPDX-License-Identifier: Apache-2.0
/** Looking names up without leaning on the engine's embedded DNS, and without losing the names that only it knows. */
@NullMarked
package dev.v6.dns;

import org.jspecify.annotations.NullMarked;
