// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A service whose channels find v6 on the class path and know nothing of it. */
@RequiresNameServers
@Timeout(120)
class GrpcChannelTest {
    @TempDir
    Path directory;

    private NameServers servers;
    private Process server;
    private int port;

    @BeforeEach
    void start() throws Exception {
        servers = new NameServers(directory);
        port = NameServers.freePort();
        server = serve("host-record=moved.test,127.0.0.5");
    }

    private Process serve(String record) throws Exception {
        return servers.dnsmasq(
                UnaryOperator.identity(),
                "::1",
                port,
                "host-record=six.test,::1",
                "host-record=dual.test,127.0.0.1,::1",
                record,
                "local=/test/",
                "local-ttl=1");
    }

    @AfterEach
    void end() {
        servers.close();
    }

    private ChildJvm child(List<String> options, String... addresses) throws IOException {
        List<String> words = new ArrayList<>(List.of("-Dv6.dns.servers=[::1]:" + port));
        words.addAll(options);
        words.add(GrpcChild.class.getName());
        words.addAll(Arrays.asList(addresses));
        ChildJvm child = ChildJvm.start(words.toArray(String[]::new));
        child.line();
        return child;
    }

    private static String call(ChildJvm child, String target) throws IOException {
        child.tell(target);
        return child.line();
    }

    @Test
    void everyTargetIsLookedUpAtTheServersThatAreNamed() throws Exception {
        try (ChildJvm child = child(List.of(), "::1")) {
            for (String target : List.of("six.test:PORT", "dns:///six.test:PORT", "v6:///six.test:PORT")) {
                assertThat(call(child, target)).as(target).startsWith("0:0:0:0:0:0:0:1 as six.test:");
            }
            assertThat(call(child, "v6:///%5B::1%5D:PORT")).startsWith("0:0:0:0:0:0:0:1 as [::1]:");
            assertThat(call(child, "none.test:PORT"))
                    .startsWith("UNAVAILABLE 'none.test' has no address: [::1]:" + port)
                    .endsWith(". Check the name.");
            assertThat(call(child, "bad..test:PORT")).startsWith("UNAVAILABLE 'bad..test' is no name of a host: ");
        }
    }

    @Test
    void ofTwoFamiliesTheOneThatServesAnswers() throws Exception {
        try (ChildJvm child = child(List.of(), "127.0.0.1")) {
            assertThat(call(child, "dual.test:PORT")).startsWith("127.0.0.1 as dual.test:");
        }
        try (ChildJvm child = child(List.of(), "::1")) {
            assertThat(call(child, "dual.test:PORT")).startsWith("0:0:0:0:0:0:0:1 as dual.test:");
        }
    }

    @Test
    void switchedOffNamesAreGrpcsOwnButForV6s() throws Exception {
        try (ChildJvm child = child(List.of("-Dv6.dns=off"), "::1")) {
            assertThat(call(child, "six.test:PORT")).startsWith("UNAVAILABLE ").doesNotContain("Check the name.");
            assertThat(call(child, "v6:///six.test:PORT")).startsWith("0:0:0:0:0:0:0:1 as six.test:");
        }
    }

    @Test
    void aServiceThatMovesIsFoundByTheSameChannel() throws Exception {
        try (ChildJvm child = child(List.of(), "::1")) {
            assertThat(call(child, "moved.test:PORT")).startsWith("UNAVAILABLE ");
            NameServers.stop(server);
            serve("host-record=moved.test,::1");
            String now = call(child, "moved.test:PORT");
            for (int i = 0; i < 1_000_000 && now.startsWith("UNAVAILABLE "); i++) {
                now = call(child, "moved.test:PORT");
            }
            assertThat(now).startsWith("0:0:0:0:0:0:0:1 as moved.test:");
        }
    }

    @Test
    void aJvmWithoutIpv6SocketsGetsNoIpv6Address() throws Exception {
        int other = NameServers.freePort();
        servers.dnsmasq(
                UnaryOperator.identity(),
                "127.0.0.1",
                other,
                "host-record=six.test,::1",
                "host-record=dual.test,127.0.0.1,::1",
                "local=/test/");
        List<String> options = List.of("-Djava.net.preferIPv4Stack=true", "-Dv6.dns.servers=127.0.0.1:" + other);
        try (ChildJvm child = child(options, "127.0.0.1")) {
            assertThat(call(child, "v6:///dual.test:PORT")).startsWith("127.0.0.1 as dual.test:");
            assertThat(call(child, "v6:///six.test:PORT"))
                    .isEqualTo("UNAVAILABLE six.test: no address of the family that was asked for");
        }
    }
}
