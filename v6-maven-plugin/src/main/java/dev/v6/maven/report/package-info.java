// SPDX-License-Identifier: Apache-2.0
/** One writer a format. */
@NullMarked
package dev.v6.maven.report;

import org.jspecify.annotations.NullMarked;
