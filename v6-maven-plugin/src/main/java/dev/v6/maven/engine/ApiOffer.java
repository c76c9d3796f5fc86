// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import com.github.dockerjava.api.model.Version;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.transport.DockerHttpClient;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What versions of its API an engine offers.
 *
 * @param newest the newest
 * @param oldest the oldest it still answers
 * @param engine the engine's own version
 */
record ApiOffer(RemoteApiVersion newest, RemoteApiVersion oldest, String engine) {
    /** The newest version that v6 is tested with: Docker 28.5. */
    private static final RemoteApiVersion NEWEST_KNOWN = RemoteApiVersion.create(1, 51);

    /** Engines from before Docker 1.13 do not say what their oldest is. */
    private static final RemoteApiVersion UNSAID = RemoteApiVersion.create(1, 12);

    /**
     * Asks the unversioned {@code /version}, which every engine answers to every client.
     *
     * @param address where
     * @param http the way there
     * @param limit for connecting and the answer; one of our own, since a Unix socket has none
     * @return what it said
     * @throws DockerUnavailableException if nobody answers there, or not as a Docker engine does
     */
    static ApiOffer ask(EngineAddress address, DockerHttpClient http, Duration limit)
            throws DockerUnavailableException {
        FutureTask<ApiOffer> answer = new FutureTask<>(() -> askNow(address, http));
        Thread asking = new Thread(answer, "v6-ask-docker-version");
        asking.setDaemon(true);
        asking.start();
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException silent) {
            throw Unreachable.silent(address, limit, silent);
        } catch (ExecutionException failed) {
            throw Unreachable.because(address, failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new DockerUnavailableException(
                    address.said() + ", and asking it was interrupted. Try again.", stopped);
        } finally {
            // An interrupt closes the channel that a read still waits on.
            answer.cancel(true);
        }
    }

    /**
     * The version to speak.
     *
     * @param wanted what the user set as {@code DOCKER_API_VERSION}; null or blank for the newest that both know
     * @param said where the engine is
     * @return a version that the engine offers
     * @throws DockerUnavailableException if there is none
     */
    RemoteApiVersion agreed(@Nullable String wanted, String said) throws DockerUnavailableException {
        String offer = said + ", whose engine offers API " + oldest.getVersion() + " to " + newest.getVersion();
        if (wanted != null && !wanted.isBlank()) {
            RemoteApiVersion version = RemoteApiVersion.parseConfigWithDefault(wanted.trim());
            if (version.equals(RemoteApiVersion.unknown()) || version.isGreater(newest) || oldest.isGreater(version)) {
                throw new DockerUnavailableException(
                        offer + "; DOCKER_API_VERSION asks for " + wanted.trim()
                                + ". Set it to one of these, or unset it and v6 picks one.",
                        null);
            }
            return version;
        }
        if (oldest.isGreater(NEWEST_KNOWN)) {
            throw new DockerUnavailableException(
                    offer + "; this v6 knows them up to " + NEWEST_KNOWN.getVersion()
                            + ". Use a newer v6, or lower the engine's limit (DOCKER_MIN_API_VERSION, or"
                            + " \"min-api-version\" in daemon.json).",
                    null);
        }
        return newest.isGreater(NEWEST_KNOWN) ? NEWEST_KNOWN : newest;
    }

    private static ApiOffer askNow(EngineAddress address, DockerHttpClient http) {
        Version version =
                address.client(RemoteApiVersion.unknown(), http).versionCmd().exec();
        String oldest = version.getMinAPIVersion();
        return new ApiOffer(
                RemoteApiVersion.parseConfig(version.getApiVersion()),
                oldest == null ? UNSAID : RemoteApiVersion.parseConfig(oldest),
                String.valueOf(version.getVersion()));
    }
}
