// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.dockerjava.api.exception.DockerException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Turns what a socket says when no engine answers into sentences that end in what to do. */
final class Unreachable {
    private static final String START =
            "Start the engine (sudo systemctl start docker, or Docker Desktop), or set DOCKER_HOST to where it is.";
    private static final int LONGEST_QUOTE = 120;

    private Unreachable() {}

    /** Connected, and then nothing. */
    static DockerUnavailableException silent(EngineAddress address, Duration waited, TimeoutException cause) {
        return new DockerUnavailableException(
                address.said() + ", where somebody accepts the connection and has not answered within "
                        + waited.toSeconds()
                        + " s. Restart the engine (sudo systemctl restart docker), or set DOCKER_HOST to one that"
                        + " answers.",
                cause);
    }

    /**
     * Whatever else went wrong.
     *
     * @param address where
     * @param failure what the client threw; the socket's own exception is looked for among its causes
     */
    static DockerUnavailableException because(EngineAddress address, @Nullable Throwable failure) {
        Throwable root = root(failure);
        String why = "unix".equals(address.uri().getScheme()) ? unix(address.uri(), root) : tcp(address, root);
        return new DockerUnavailableException(address.said() + ", " + why, failure);
    }

    private static String unix(URI uri, @Nullable Throwable root) {
        Path socket = Path.of(uri.getPath());
        if (Files.notExists(socket)) {
            return "where there is no socket: the engine is not running or listens elsewhere. " + START;
        }
        // Not to be told from "not there" by its own means: a folder on the way may be closed to us.
        if (!Files.isReadable(socket) || !Files.isWritable(socket)) {
            return "and permission to use that socket is denied to the user " + System.getProperty("user.name")
                    + ". Add the user to the group that owns it (sudo usermod -aG docker "
                    + System.getProperty("user.name") + ", then log in again), or run as one who may.";
        }
        if (root instanceof SocketException && root.getMessage() != null && refused(root.getMessage())) {
            return "where a socket lies that nobody listens on: the engine has stopped. " + START;
        }
        return other(root);
    }

    private static boolean refused(String message) {
        return message.toLowerCase(Locale.ROOT).contains("refused");
    }

    private static String tcp(EngineAddress address, @Nullable Throwable root) {
        URI uri = address.uri();
        if (root instanceof UnknownHostException) {
            return "and the name " + uri.getHost() + " does not resolve. Correct it in DOCKER_HOST.";
        }
        if (root instanceof SocketTimeoutException) {
            return "and nothing answers there. Check that the address is right and no firewall drops the connection,"
                    + " or set DOCKER_HOST to an engine within reach.";
        }
        if (root instanceof ConnectException && root.getMessage() != null && refused(root.getMessage())) {
            return "and the connection is refused: no engine listens there. " + START;
        }
        if (root instanceof SSLException) {
            return "and TLS with it fails: " + root.getMessage()
                    + ". Check DOCKER_CERT_PATH (ca.pem, cert.pem, key.pem), or unset DOCKER_TLS_VERIFY if the engine"
                    + " does not use TLS.";
        }
        return other(root);
    }

    private static String other(@Nullable Throwable root) {
        if (root instanceof DockerException status) {
            return strange("HTTP status " + status.getHttpStatus(), status.getMessage());
        }
        if (root instanceof JsonProcessingException || root instanceof IllegalArgumentException) {
            return strange("its version", root.getMessage());
        }
        return "and no engine could be asked there: " + root + ". " + START;
    }

    private static String strange(String what, @Nullable String text) {
        String said = text == null ? "" : text.replaceAll("\\s+", " ").trim();
        if (said.contains("HTTP request to an HTTPS server")) {
            return "and the engine there wants TLS. Set DOCKER_TLS_VERIFY=1 and DOCKER_CERT_PATH to the folder with"
                    + " its ca.pem, cert.pem and key.pem.";
        }
        return "and what answers there is not a Docker engine (" + what + ": "
                + said.substring(0, Math.min(said.length(), LONGEST_QUOTE))
                + "). Set DOCKER_HOST to where the engine is.";
    }

    private static @Nullable Throwable root(@Nullable Throwable failure) {
        Throwable deepest = failure;
        while (deepest != null && !(deepest instanceof IOException) && deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest;
    }
}
