// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class DockerAccessTest {
    private static final Duration SOON = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String VERSION = "{\"ApiVersion\":\"1.41\",\"MinAPIVersion\":\"1.12\"}";

    @TempDir
    Path folder;

    @Test
    void theNewestVersionThatBothKnowIsSpoken() throws Exception {
        try (FakeEngine engine = FakeEngine.offering(socket(), "1.41", "1.12")) {
            askVersion(host(socket()));
            assertThat(engine.asked()).containsExactly("GET /version HTTP/1.1", "GET /v1.41/version HTTP/1.1");
        }
    }

    @Test
    void anEngineThatIsNewerThanWeIsSpokenToInWhatWeKnow() throws Exception {
        try (FakeEngine engine = FakeEngine.offering(socket(), "1.55", "1.44")) {
            askVersion(host(socket()));
            assertThat(engine.asked()).contains("GET /v1.51/version HTTP/1.1");
        }
    }

    @Test
    void theUsersVersionWins() throws Exception {
        try (FakeEngine engine = FakeEngine.offering(socket(), "1.51", "1.24")) {
            askVersion(with(host(socket()), "DOCKER_API_VERSION", "1.43"));
            assertThat(engine.asked()).contains("GET /v1.43/version HTTP/1.1");
        }
    }

    @Test
    void aVersionThatTheEngineDoesNotOfferIsRefused() throws Exception {
        try (FakeEngine engine = FakeEngine.offering(socket(), "1.52", "1.44")) {
            assertThatThrownBy(() -> open(with(host(socket()), "DOCKER_API_VERSION", "1.41")))
                    .isInstanceOf(DockerUnavailableException.class)
                    .hasMessage(
                            "DOCKER_HOST is unix://%s, whose engine offers API 1.44 to 1.52; DOCKER_API_VERSION asks"
                                    + " for 1.41. Set it to one of these, or unset it and v6 picks one.",
                            socket());
            assertThat(engine.asked()).hasSize(1);
        }
    }

    @Test
    void anEngineThatIsTooNewIsToldApart() throws Exception {
        try (FakeEngine engine = FakeEngine.offering(socket(), "1.70", "1.60")) {
            assertThatThrownBy(() -> open(host(socket())))
                    .hasMessageContaining("offers API 1.60 to 1.70; this v6 knows them up to 1.51. Use a newer v6");
            assertThat(engine.asked()).hasSize(1);
        }
    }

    @Test
    void noSocketMeansTheEngineIsNotRunning() {
        assertThatThrownBy(() -> open(host(socket())))
                .isInstanceOf(DockerUnavailableException.class)
                .hasMessage(
                        "DOCKER_HOST is unix://%s, where there is no socket: the engine is not running or listens"
                                + " elsewhere. Start the engine (sudo systemctl start docker, or Docker Desktop), or set"
                                + " DOCKER_HOST to where it is.",
                        socket());
    }

    @Test
    void aSocketThatNobodyListensOnMeansTheEngineHasStopped() throws Exception {
        try (ServerSocketChannel stale = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            stale.bind(UnixDomainSocketAddress.of(socket()));
        }
        assertThatThrownBy(() -> open(host(socket())))
                .hasMessageContaining("where a socket lies that nobody listens on: the engine has stopped. Start");
    }

    @Test
    void anEngineThatDoesNotAnswerIsGivenUp() throws Exception {
        try (FakeEngine engine = FakeEngine.silent(socket())) {
            assertThatThrownBy(() -> DockerAccess.open(host(socket()), SOON))
                    .isInstanceOf(DockerUnavailableException.class)
                    .hasMessageContaining("accepts the connection and has not answered within")
                    .hasMessageContaining("Restart the engine");
            assertThat(engine.asked()).hasSizeLessThan(2);
        }
    }

    @Test
    void whatIsNotDockerIsSaidToBeNot() throws Exception {
        try (FakeEngine engine = FakeEngine.answering(socket(), 404, "no such page")) {
            assertThatThrownBy(() -> open(host(socket())))
                    .hasMessageContaining("is not a Docker engine (HTTP status 404: ")
                    .hasMessageContaining("no such page");
            assertThat(engine.asked()).hasSize(1);
        }
    }

    @Test
    void anAnswerThatIsNoJsonIsNotDocker() throws Exception {
        try (FakeEngine engine = FakeEngine.answering(socket(), 200, "<html>welcome</html>")) {
            assertThatThrownBy(() -> open(host(socket()))).hasMessageContaining("is not a Docker engine");
            assertThat(engine.asked()).hasSize(1);
        }
    }

    @Test
    void anAnswerWithoutAVersionIsNotDocker() throws Exception {
        try (FakeEngine engine = FakeEngine.answering(socket(), 200, "{}")) {
            assertThatThrownBy(() -> open(host(socket()))).hasMessageContaining("is not a Docker engine");
            assertThat(engine.asked()).hasSize(1);
        }
    }

    @Test
    void anEngineThatWantsTlsIsToldApart() throws Exception {
        String answer = "Client sent an HTTP request to an HTTPS server.";
        try (FakeEngine engine = FakeEngine.answering(socket(), 400, answer)) {
            assertThatThrownBy(() -> open(host(socket())))
                    .hasMessageContaining("the engine there wants TLS. Set DOCKER_TLS_VERIFY=1 and DOCKER_CERT_PATH");
            assertThat(engine.asked()).hasSize(1);
        }
    }

    @Test
    void anEngineOnTheIpv6LoopbackIsReached() throws Exception {
        InetAddress loopback = InetAddress.getByName("::1");
        HttpServer server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = VERSION.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            askVersion(host("tcp://[::1]:" + server.getAddress().getPort()));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aRefusedTcpConnectionMeansNoEngineThere() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertThatThrownBy(() -> open(host("tcp://127.0.0.1:" + port)))
                .hasMessageContaining("DOCKER_HOST is tcp://127.0.0.1:" + port
                        + ", and the connection is refused: no engine listens there. Start");
    }

    @Test
    void aTcpAddressWithoutAPortMeansDockersOwn() throws Exception {
        assertThat(EngineAddress.of(host("tcp://127.0.0.1")).uri()).hasToString("tcp://127.0.0.1:2375");
    }

    @Test
    void sshIsNotSpokenAndTheWayAroundIsGiven() {
        assertThatThrownBy(() -> open(host("ssh://me@build.example")))
                .hasMessage("DOCKER_HOST is ssh://me@build.example, and v6 cannot reach an engine over SSH. Forward the"
                        + " engine's socket (ssh -nNT -L /tmp/docker.sock:/var/run/docker.sock me@build.example) and set"
                        + " DOCKER_HOST=unix:///tmp/docker.sock.");
    }

    @Test
    void garbageIsNoAddress() {
        for (String garbage :
                new String[] {"localhost:2375", "/var/run/docker.sock", "unix://", "tcp://", "a b", "http://x"}) {
            assertThatThrownBy(() -> open(host(garbage)))
                    .as(garbage)
                    .isInstanceOf(DockerUnavailableException.class)
                    .hasMessage(
                            "DOCKER_HOST is %s, which is no address of an engine. Set DOCKER_HOST to unix:///PATH or"
                                    + " tcp://HOST:PORT, or unset it to use the default socket.",
                            garbage);
        }
    }

    @Test
    void aContextIsFollowed() throws Exception {
        try (FakeEngine engine = FakeEngine.offering(socket(), "1.41", "1.12")) {
            writeContext("far", "unix://" + socket());
            askVersion(Map.of("DOCKER_CONFIG", folder.toString(), "DOCKER_CONTEXT", "far"));
            Files.writeString(folder.resolve("config.json"), "{\"currentContext\":\"far\"}");
            askVersion(Map.of("DOCKER_CONFIG", folder.toString()));
            assertThat(engine.asked()).hasSize(4);
        }
        assertThatThrownBy(() -> open(Map.of("DOCKER_CONFIG", folder.toString())))
                .hasMessageContaining("Docker's config.json names the context 'far', whose address is unix://"
                        + socket() + ", where");
    }

    @Test
    void dockerHostWinsOverAContext() throws Exception {
        writeContext("far", "unix:///nonexistent");
        try (FakeEngine engine = FakeEngine.offering(socket(), "1.41", "1.12")) {
            askVersion(with(host(socket()), "DOCKER_CONTEXT", "far"));
            assertThat(engine.asked()).hasSize(2);
        }
    }

    @Test
    void anUnknownContextIsNotPassedOver() {
        assertThatThrownBy(() -> open(Map.of("DOCKER_CONFIG", folder.toString(), "DOCKER_CONTEXT", "gone")))
                .hasMessageContaining("The Docker context 'gone' is not known in " + folder);
    }

    @Test
    void certificatesThatAreNotThereAreMissed() {
        Map<String, String> env = with(host("tcp://127.0.0.1:1"), "DOCKER_TLS_VERIFY", "1");
        assertThatThrownBy(() -> open(
                        with(env, "DOCKER_CERT_PATH", folder.resolve("none").toString())))
                .isInstanceOf(DockerUnavailableException.class)
                .hasMessageContaining("Docker's client settings cannot be used: ")
                .hasMessageContaining("doesn't exist");
    }

    private Path socket() {
        return folder.resolve("d.sock");
    }

    private static DockerAccess open(Map<String, String> env) throws DockerUnavailableException {
        return DockerAccess.open(env, LONG);
    }

    private static void askVersion(Map<String, String> env) throws IOException {
        try (DockerAccess access = open(env)) {
            assertThat(access.client().versionCmd().exec().getApiVersion()).isNotNull();
        }
    }

    private static Map<String, String> host(Path socket) {
        return host("unix://" + socket);
    }

    private static Map<String, String> host(String address) {
        return Map.of("DOCKER_HOST", address);
    }

    private static Map<String, String> with(Map<String, String> env, String name, String value) {
        Map<String, String> more = new HashMap<>(env);
        more.put(name, value);
        return more;
    }

    private void writeContext(String name, String host) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
        Path meta = folder.resolve("contexts/meta").resolve(HexFormat.of().formatHex(hash));
        Files.createDirectories(meta);
        Files.writeString(
                meta.resolve("meta.json"),
                "{\"Name\":\"" + name + "\",\"Endpoints\":{\"docker\":{\"Host\":\"" + host + "\"}}}");
    }
}
