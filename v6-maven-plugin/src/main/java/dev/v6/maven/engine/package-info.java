// SPDX-License-Identifier: Apache-2.0
/** What runs the service under test, from where it is probed, and what is seen of it. */
@NullMarked
package dev.v6.maven.engine;

import org.jspecify.annotations.NullMarked;
