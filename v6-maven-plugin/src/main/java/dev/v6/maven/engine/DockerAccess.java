// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.transport.DockerHttpClient;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * The way to a Docker engine that answers, in a version of its API that both sides know.
 *
 * @param client whose calls have no time limit of their own
 * @param version the engine's own, such as {@code 28.5.2}
 */
public record DockerAccess(DockerClient client, String version) implements AutoCloseable {
    /** How long a TCP connection to the engine may take. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    /** How long a connected engine may take to say its version; a busy one asks its own parts first. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

    static {
        // Maven's logger reads this when the client asks for its own. It would tell of each retry, and what an engine
        // that does not answer means is told by the exception.
        System.getProperties().putIfAbsent("org.slf4j.simpleLogger.log.com.github.dockerjava", "off");
    }

    /**
     * Finds the engine as Docker's own command line does ({@code DOCKER_HOST}, {@code DOCKER_CONTEXT},
     * {@code config.json}, {@code DOCKER_TLS_VERIFY}, {@code DOCKER_CERT_PATH}), asks it what it speaks, and agrees on
     * the newest version of the API that both know, or on {@code DOCKER_API_VERSION} where that is set.
     *
     * @return the way; the caller closes it
     * @throws DockerUnavailableException if no engine answers there within some seconds; the message says why and what
     *     to do
     */
    public static DockerAccess open() throws DockerUnavailableException {
        return open(System.getenv(), ANSWER_TIMEOUT);
    }

    static DockerAccess open(Map<String, String> env, Duration answerTimeout) throws DockerUnavailableException {
        EngineAddress address = EngineAddress.of(env);
        DockerHttpClient http = address.http(CONNECT_TIMEOUT);
        try {
            // Connecting ends after a limit of its own and with a better reason, so that one comes first.
            ApiOffer offer = ApiOffer.ask(address, http, CONNECT_TIMEOUT.plus(answerTimeout));
            RemoteApiVersion agreed = offer.agreed(env.get("DOCKER_API_VERSION"), address.said());
            return new DockerAccess(address.client(agreed, http), offer.engine());
        } catch (DockerUnavailableException | RuntimeException e) {
            close(http);
            throw e;
        }
    }

    @Override
    public void close() {
        close(client);
    }

    private static void close(Closeable broken) {
        try {
            broken.close();
        } catch (IOException alreadyBroken) {
            // Nothing is asked of it any more.
        }
    }
}
