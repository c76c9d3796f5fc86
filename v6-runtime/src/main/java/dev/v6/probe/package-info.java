// SPDX-License-Identifier: Apache-2.0
/** One attempt to reach a port, told truthfully: used by the plugin, the self-check and the command line alike. */
@NullMarked
package dev.v6.probe;

import org.jspecify.annotations.NullMarked;
