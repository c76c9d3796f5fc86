// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientConfigDelegate;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.core.DockerConfigFile;
import com.github.dockerjava.core.DockerContextMetaFile;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Where the Docker engine is said to be, by the rules of Docker's own command line: {@code DOCKER_HOST}, else the
 * context that {@code DOCKER_CONTEXT} or {@code config.json} names, else the platform's default socket.
 *
 * @param config the client's settings; its host is complete (a TCP address has a port)
 * @param said where the address comes from, as the beginning of a sentence, such as {@code DOCKER_HOST is unix:///x}
 */
record EngineAddress(DefaultDockerClientConfig config, String said) {
    private static final String HOST = DefaultDockerClientConfig.DOCKER_HOST;
    private static final String CONTEXT = DefaultDockerClientConfig.DOCKER_CONTEXT;
    private static final String CONFIG = DefaultDockerClientConfig.DOCKER_CONFIG;
    private static final String TLS_VERIFY = DefaultDockerClientConfig.DOCKER_TLS_VERIFY;
    private static final String CERT_PATH = DefaultDockerClientConfig.DOCKER_CERT_PATH;
    /** The context that stands for "no context": the default socket. */
    private static final String DEFAULT_CONTEXT = "default";

    static EngineAddress of(Map<String, String> env) throws DockerUnavailableException {
        String host = value(env, HOST);
        String folder = value(env, CONFIG);
        if (folder == null) {
            folder = System.getProperty("user.home") + File.separator + ".docker";
        }
        // DOCKER_HOST overrides a context altogether, its certificates included.
        String context = host != null ? DEFAULT_CONTEXT : contextName(env, folder);
        Properties settings = new Properties();
        settings.setProperty(CONFIG, folder);
        settings.setProperty(CONTEXT, context);
        if (host != null) {
            settings.setProperty(HOST, host);
        }
        String verify = value(env, TLS_VERIFY);
        if (verify != null) {
            String certificates = value(env, CERT_PATH);
            settings.setProperty(TLS_VERIFY, verify);
            settings.setProperty(CERT_PATH, certificates == null ? folder : certificates);
        }
        return build(settings, source(env, context));
    }

    URI uri() {
        return config.getDockerHost();
    }

    /**
     * The way there. It connects at its first call.
     *
     * @param connectTimeout for TCP and TLS; calls themselves have no limit
     */
    DockerHttpClient http(Duration connectTimeout) {
        return new ZerodepDockerHttpClient.Builder()
                .dockerHost(config.getDockerHost())
                .sslConfig(config.getSSLConfig())
                .connectionTimeout(connectTimeout)
                .build();
    }

    /**
     * A client for this address; closing it closes the way there.
     *
     * @param version what it speaks; unknown for paths without a version
     * @param http from {@link #http}
     */
    DockerClient client(RemoteApiVersion version, DockerHttpClient http) {
        return DockerClientImpl.getInstance(new Speaking(config, version), http);
    }

    private static EngineAddress build(Properties settings, String source) throws DockerUnavailableException {
        DefaultDockerClientConfig config;
        try {
            config = new DefaultDockerClientConfig.Builder()
                    .withProperties(settings)
                    .build();
        } catch (IllegalArgumentException noUri) {
            throw noAddress(source + settings.getProperty(HOST, ""), noUri);
        } catch (DockerClientException unusable) {
            throw new DockerUnavailableException(
                    "Docker's client settings cannot be used: " + unusable.getMessage()
                            + " Mend them, or unset DOCKER_TLS_VERIFY if the engine does not use TLS.",
                    unusable);
        }
        URI uri = config.getDockerHost();
        String said = source + uri;
        check(uri, said);
        if ("tcp".equals(uri.getScheme()) && uri.getPort() < 0) {
            String port = config.getSSLConfig() != null ? ":2376" : ":2375";
            settings.setProperty(HOST, "tcp://" + uri.getHost() + port);
            return build(settings, source);
        }
        return new EngineAddress(config, said);
    }

    private static void check(URI uri, String said) throws DockerUnavailableException {
        String scheme = uri.getScheme();
        if ("ssh".equals(scheme)) {
            throw new DockerUnavailableException(
                    said + ", and v6 cannot reach an engine over SSH. Forward the engine's socket (ssh -nNT -L"
                            + " /tmp/docker.sock:/var/run/docker.sock " + uri.getAuthority()
                            + ") and set DOCKER_HOST=unix:///tmp/docker.sock.",
                    null);
        }
        boolean local = "unix".equals(scheme) || "npipe".equals(scheme);
        if (local ? uri.getPath() == null || uri.getPath().isEmpty() : !"tcp".equals(scheme) || uri.getHost() == null) {
            throw noAddress(said, null);
        }
    }

    private static DockerUnavailableException noAddress(String said, @Nullable Throwable cause) {
        return new DockerUnavailableException(
                said + ", which is no address of an engine. Set DOCKER_HOST to unix:///PATH or tcp://HOST:PORT, or"
                        + " unset it to use the default socket.",
                cause);
    }

    /** What named the address, so that the address itself can follow. */
    private static String source(Map<String, String> env, String context) {
        if (value(env, HOST) != null) {
            return HOST + " is ";
        }
        if (context.equals(DEFAULT_CONTEXT)) {
            return HOST + " is not set and the default is ";
        }
        String by = value(env, CONTEXT) != null ? CONTEXT : "Docker's config.json";
        return by + " names the context '" + context + "', whose address is ";
    }

    private static String contextName(Map<String, String> env, String folder) throws DockerUnavailableException {
        String name = value(env, CONTEXT);
        if (name == null) {
            try {
                name = DockerConfigFile.loadConfig(DockerClientConfig.getDefaultObjectMapper(), folder)
                        .getCurrentContext();
            } catch (IOException unreadable) {
                throw new DockerUnavailableException(
                        "Docker's settings in " + folder + " cannot be read: " + unreadable.getMessage()
                                + ". Mend or remove the file config.json there.",
                        unreadable);
            }
        }
        if (name == null || name.isBlank() || name.equals(DEFAULT_CONTEXT)) {
            return DEFAULT_CONTEXT;
        }
        // The client would pass over a context that it does not know and use the default socket: another engine.
        if (DockerContextMetaFile.resolveContextMetaFile(
                        DockerClientConfig.getDefaultObjectMapper(), new File(folder), name)
                .isEmpty()) {
            throw new DockerUnavailableException(
                    "The Docker context '" + name + "' is not known in " + folder
                            + ". List those that are with 'docker context ls', and name one with 'docker context use'"
                            + " or DOCKER_CONTEXT.",
                    null);
        }
        return name;
    }

    private static @Nullable String value(Map<String, String> env, String name) {
        String value = env.get(name);
        return value == null || value.isBlank() ? null : value.trim();
    }

    /** The settings found, with a version of the API. */
    private static final class Speaking extends DockerClientConfigDelegate {
        private final RemoteApiVersion version;

        Speaking(DefaultDockerClientConfig found, RemoteApiVersion version) {
            super(found);
            this.version = version;
        }

        @Override
        public RemoteApiVersion getApiVersion() {
            return version;
        }
    }
}
