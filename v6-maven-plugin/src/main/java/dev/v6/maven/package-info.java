// SPDX-License-Identifier: Apache-2.0
/** The goals: parameters, and whom they hand them to. */
@NullMarked
package dev.v6.maven;

import org.jspecify.annotations.NullMarked;
