// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import java.io.IOException;

/** The engine could not run the service. The message says what is so and what to do. */
public final class EngineException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * Without a cause that helps.
     *
     * @param message sentences that end in what to do
     */
    public EngineException(String message) {
        super(message);
    }

    /**
     * With a cause for {@code mvn -e}.
     *
     * @param message sentences that end in what to do
     * @param cause what was thrown
     */
    public EngineException(String message, Throwable cause) {
        super(message, cause);
    }
}
