// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.jib;

/** The image could not be made. The message says why and what to do. */
public final class BakeException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Without a cause.
     *
     * @param message sentences that end in what to do
     */
    public BakeException(String message) {
        super(message);
    }

    /**
     * With what was thrown underneath, for {@code mvn -e}.
     *
     * @param message sentences that end in what to do
     * @param cause what Jib or the file system threw
     */
    public BakeException(String message, Throwable cause) {
        super(message, cause);
    }
}
