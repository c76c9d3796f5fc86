// SPDX-License-Identifier: Apache-2.0
/** The words that every part of v6 shares. This package knows no other. */
@NullMarked
package dev.v6;

import org.jspecify.annotations.NullMarked;
