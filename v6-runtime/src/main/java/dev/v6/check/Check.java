// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.FindingCode;

/** Looks for one thing. */
interface Check {
    /** Why nothing can be told of the kernel's view. */
    String NO_PROC = "There is no proc file system to read here.";

    FindingCode code();

    /**
     * Looks at the facts. What it throws makes its result {@link CheckResult.Status#UNKNOWN}.
     *
     * @param facts what was read of the place
     * @return what it found
     */
    CheckResult run(Facts facts);
}
