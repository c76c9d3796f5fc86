// SPDX-License-Identifier: Apache-2.0
/** The kernel's network tables as plain records, from any root: /proc, /proc/PID of another process, or a file tree. */
@NullMarked
package dev.v6.proc;

import org.jspecify.annotations.NullMarked;
