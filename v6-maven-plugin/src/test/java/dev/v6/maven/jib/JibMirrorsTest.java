// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.jib;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JibMirrorsTest {
    private static final String HUB = "registry-1.docker.io";

    @TempDir
    Path folder;

    private HttpServer registry;
    private int status = 200;

    @BeforeEach
    void start() throws IOException {
        registry = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        registry.createContext("/v2/", exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        registry.start();
    }

    @AfterEach
    void stop() {
        registry.stop(0);
    }

    @Test
    void aPlainMirrorOnThisMachineServesDockerHubsImages() throws Exception {
        JibMirrors mirrors = mirrors(HUB, here());

        assertThat(mirrors.areLocalAndPlain("eclipse-temurin:17-jre")).isTrue();
        assertThat(mirrors.areLocalAndPlain("docker.io/library/eclipse-temurin:17-jre"))
                .isTrue();
        assertThat(mirrors.areLocalAndPlain(null)).isTrue();
    }

    @Test
    void imagesOfOtherRegistriesAreNotFetchedWithoutTls() throws Exception {
        JibMirrors mirrors = mirrors(HUB, here());

        assertThat(mirrors.areLocalAndPlain("gcr.io/distroless/java17")).isFalse();
        assertThat(mirrors.areLocalAndPlain("localhost:5000/base")).isFalse();
        assertThat(mirrors.areLocalAndPlain("tar:///base.tar")).isFalse();
        assertThat(mirrors.areLocalAndPlain("docker://base")).isFalse();
        assertThat(mirrors.areLocalAndPlain("scratch")).isFalse();
    }

    @Test
    void aMirrorElsewhereNeedsTls() throws Exception {
        assertThat(mirrors(HUB, "mirror.example:5000").areLocalAndPlain(null)).isFalse();
        assertThat(mirrors(HUB, "localhost.example").areLocalAndPlain(null)).isFalse();
        assertThat(mirrors(HUB, here(), "mirror.example").areLocalAndPlain(null))
                .isFalse();
    }

    @Test
    void aMirrorThatDoesNotAnswerWouldLeaveTheRegistryItselfWithoutTls() throws Exception {
        registry.stop(0);

        assertThat(mirrors(HUB, here()).areLocalAndPlain(null)).isFalse();
    }

    @Test
    void aMirrorThatSpeaksTlsNeedsNothing() throws Exception {
        status = 400;

        assertThat(mirrors(HUB, here()).areLocalAndPlain(null)).isFalse();
    }

    @Test
    void withoutOrWithGarbledConfigurationNothingIsLoosened() throws Exception {
        assertThat(JibMirrors.read(Map.of("XDG_CONFIG_HOME", folder.toString()), null)
                        .areLocalAndPlain(null))
                .isFalse();
        Files.writeString(folder.resolve("config.json"), "{garbled");
        assertThat(JibMirrors.read(Map.of(), folder.toString()).areLocalAndPlain(null))
                .isFalse();
    }

    @Test
    void theConfigurationIsFoundWhereJibFindsIt() throws Exception {
        write(folder.resolve("google-cloud-tools-java/jib"), HUB, here());

        assertThat(JibMirrors.read(Map.of("XDG_CONFIG_HOME", folder.toString()), null)
                        .areLocalAndPlain(null))
                .isTrue();
    }

    private String here() {
        return "127.0.0.1:" + registry.getAddress().getPort();
    }

    private JibMirrors mirrors(String of, String... mirrors) throws IOException {
        write(folder, of, mirrors);
        return JibMirrors.read(Map.of(), folder.toString());
    }

    private static void write(Path to, String registry, String... mirrors) throws IOException {
        Files.createDirectories(to);
        Files.writeString(
                to.resolve("config.json"),
                "{\"registryMirrors\":[{\"registry\":\"" + registry + "\",\"mirrors\":[\""
                        + String.join("\",\"", mirrors) + "\"]}]}");
    }
}
