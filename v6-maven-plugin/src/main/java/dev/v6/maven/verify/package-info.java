// SPDX-License-Identifier: Apache-2.0
/** What the sightings mean: cells, findings, the verdict. No Maven type in here, and nothing that an engine does. */
@NullMarked
package dev.v6.maven.verify;

import org.jspecify.annotations.NullMarked;
