// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** No Docker engine answers. The message names the address that was tried and says what to do. */
public final class DockerUnavailableException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * With what was met underneath, for {@code mvn -e}.
     *
     * @param message sentences that end in what to do
     * @param cause what the socket or the client said; null if nothing was tried
     */
    public DockerUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
