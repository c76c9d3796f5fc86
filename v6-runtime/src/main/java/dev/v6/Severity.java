// SPDX-License-Identifier: Apache-2.0
package dev.v6;

/** How loud a finding is. */
public enum Severity {
    /** A family does not work because of this. */
    ERROR,
    /** Works today, and is likely to break or to mislead. */
    WARNING,
    /** Worth knowing; nothing to mend. */
    INFO,
    /** Was wrong, and v6 has mended it in this JVM, because it was told to. */
    REPAIRED
}
