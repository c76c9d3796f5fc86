// SPDX-License-Identifier: Apache-2.0
/** What keeps a service from being reached over both families, looked for from the place where it runs. */
@NullMarked
package dev.v6.check;

import org.jspecify.annotations.NullMarked;
