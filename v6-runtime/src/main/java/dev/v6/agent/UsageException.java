// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import java.io.Serial;

/** A command line that cannot be run. The message says what is wrong with it and what to write instead. */
final class UsageException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
