// SPDX-License-Identifier: Apache-2.0
/** What v6 has to do with Jib: the extension that puts the agent into an image, and what the project says to Jib. */
@NullMarked
package dev.v6.maven.jib;

import org.jspecify.annotations.NullMarked;
