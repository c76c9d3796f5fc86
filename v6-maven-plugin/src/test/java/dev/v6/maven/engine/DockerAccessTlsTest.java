// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An engine that asks its clients for a certificate, as {@code dockerd --tlsverify} does. */
@Timeout(180)
class DockerAccessTlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private HttpsServer engine;

    @BeforeEach
    void start() throws Exception {
        KeyStore keys = keys("known");
        writePem(keys, folder);
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        TrustManagerFactory others = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        others.init(keys);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(own.getKeyManagers(), others.getTrustManagers(), null);
        engine = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        engine.setHttpsConfigurator(new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters demand = tls.getDefaultSSLParameters();
                demand.setNeedClientAuth(true);
                parameters.setSSLParameters(demand);
            }
        });
        engine.createContext("/", exchange -> {
            byte[] body = "{\"ApiVersion\":\"1.41\",\"MinAPIVersion\":\"1.12\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        engine.start();
    }

    @AfterEach
    void stop() {
        engine.stop(0);
    }

    @Test
    void theUsersCertificatesAreUsed() throws Exception {
        try (DockerAccess access = open(Map.of("DOCKER_TLS_VERIFY", "1", "DOCKER_CERT_PATH", folder.toString()))) {
            assertThat(access.client().versionCmd().exec().getApiVersion()).isEqualTo("1.41");
        }
    }

    @Test
    void withoutAPathTheyAreLookedForBesideDockersSettings() throws Exception {
        try (DockerAccess access = open(Map.of("DOCKER_TLS_VERIFY", "1", "DOCKER_CONFIG", folder.toString()))) {
            assertThat(access.client().versionCmd().exec().getApiVersion()).isEqualTo("1.41");
        }
    }

    @Test
    void aStrangersCertificateIsRefusedInASentence() throws Exception {
        Path stranger = Files.createDirectory(folder.resolve("stranger"));
        writePem(keys("stranger"), stranger);

        assertThatThrownBy(() -> open(Map.of("DOCKER_TLS_VERIFY", "1", "DOCKER_CERT_PATH", stranger.toString())))
                .isInstanceOf(DockerUnavailableException.class)
                .hasMessageContaining(", and TLS with it fails: ")
                .hasMessageContaining("Check DOCKER_CERT_PATH (ca.pem, cert.pem, key.pem)");
    }

    private DockerAccess open(Map<String, String> settings) throws DockerUnavailableException {
        Map<String, String> env = new HashMap<>(settings);
        env.put("DOCKER_HOST", "tcp://127.0.0.1:" + engine.getAddress().getPort());
        return DockerAccess.open(env, LONG);
    }

    private KeyStore keys(String name) throws Exception {
        Path store = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "own",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "SAN=ip:127.0.0.1",
                        "-ext",
                        "BC=ca:true",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore pair = KeyStore.getInstance(store.toFile(), PASSWORD);
        // The same certificate once more, as one to trust.
        pair.setCertificateEntry("ca", pair.getCertificate("own"));
        return pair;
    }

    private static void writePem(KeyStore keys, Path to) throws Exception {
        String certificate = pem("CERTIFICATE", keys.getCertificate("ca").getEncoded());
        Files.writeString(to.resolve("ca.pem"), certificate);
        Files.writeString(to.resolve("cert.pem"), certificate);
        Files.writeString(
                to.resolve("key.pem"),
                pem("PRIVATE KEY", keys.getKey("own", PASSWORD).getEncoded()));
    }

    private static String pem(String kind, byte[] content) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
                + "\n-----END " + kind + "-----\n";
    }
}
