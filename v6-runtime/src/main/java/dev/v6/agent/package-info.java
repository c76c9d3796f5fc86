// SPDX-License-Identifier: Apache-2.0
/** The agent that a service starts with, and the command line of the same jar. */
@NullMarked
package dev.v6.agent;

import org.jspecify.annotations.NullMarked;
