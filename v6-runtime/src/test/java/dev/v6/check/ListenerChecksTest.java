// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.Family;
import dev.v6.Finding;
import dev.v6.FindingCode;
import dev.v6.Severity;
import dev.v6.check.CheckResult.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables are fixtures, the sockets that are connected to are real: so one can say what the other does not show. */
class ListenerChecksTest {
    @TempDir
    Path directory;

    private Place place;

    @BeforeEach
    void plant() throws IOException {
        place = Place.withIpv6(directory);
    }

    @Test
    void dualStackSocketIsFine() throws IOException {
        try (ServerSocket server = new ServerSocket(0)) {
            int port = server.getLocalPort();
            place.tree.listens("tcp6", "::", port);
            Report report = place.ports(port).report();

            assertThat(report.findings()).isEmpty();
            assertThat(report.ports()).containsEntry(port, Set.of(Family.IPV4, Family.IPV6));
            assertThat(report.summary()).matches("v6: READY  " + port + "/tcp IPv4 IPv6 native  0 findings  \\d+ ms");
        }
    }

    @Test
    void socketThatRefusesIpv4IsFoundByConnecting() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("::1"))) {
            int port = server.getLocalPort();
            place.tree.listens("tcp6", "::", port); // with IPV6_V6ONLY it would look the same

            assertThat(only(place.ports(port).report()))
                    .isEqualTo(Finding.of(
                            FindingCode.IPV6_ONLY,
                            "tcp6 [::]:" + port + "; a connect to 127.0.0.1:" + port
                                    + " was refused; a connect to [::1]:" + port + " was accepted"));
        }
    }

    @Test
    void ipv4WildcardRefusesIpv6() throws IOException {
        try (ServerSocketChannel server = ipv4Server()) {
            int port = server.socket().getLocalPort();
            place.tree.listens("tcp", "0.0.0.0", port);

            assertThat(only(place.ports(port).report()))
                    .isEqualTo(Finding.of(
                            FindingCode.IPV4_ONLY,
                            "tcp 0.0.0.0:" + port + "; a connect to 127.0.0.1:" + port
                                    + " was accepted; a connect to [::1]:" + port + " was refused"));
        }
    }

    @Test
    void loopbackSocketBesideItDoesNotHideAnIpv4Wildcard() throws IOException {
        try (ServerSocketChannel server = ipv4Server();
                ServerSocket loopback =
                        new ServerSocket(server.socket().getLocalPort(), 5, InetAddress.getByName("::1"))) {
            int port = loopback.getLocalPort();
            place.tree.listens("tcp", "0.0.0.0", port).listens("tcp6", "::1", port);

            Finding finding = only(place.ports(port).report());
            assertThat(finding.code()).isEqualTo(FindingCode.IPV4_ONLY);
            assertThat(finding.evidence()).contains("tcp6 [::1]:" + port).doesNotContain("a connect to [::1]");
        }
    }

    @Test
    void loopbackIsAnErrorWhereThePortWasNamed() throws IOException {
        place.tree.listens("tcp6", "127.0.0.1", 8080).listens("tcp6", "::1", 8080);

        Finding named = only(place.ports(8080).report());
        assertThat(named.code()).isEqualTo(FindingCode.LOOPBACK_ONLY);
        assertThat(named.severity()).isEqualTo(Severity.ERROR);
        assertThat(named.evidence()).isEqualTo("tcp6 [::ffff:127.0.0.1]:8080; tcp6 [::1]:8080");

        Report unnamed = place.ports().report();
        assertThat(only(unnamed).severity()).isEqualTo(Severity.INFO);
        assertThat(unnamed.fine()).isTrue();
        assertThat(unnamed.summary()).contains("  1 finding: V6-401 listens on loopback only  ");
    }

    @Test
    void embeddedDnsIsNeverReported() throws IOException {
        place.tree.listens("tcp", "127.0.0.11", 40000);
        Report report = place.report();

        assertThat(report.findings()).isEmpty();
        assertThat(report.listeners()).isEmpty();
        assertThat(place.result(FindingCode.LOOPBACK_ONLY).status()).isEqualTo(Status.SKIPPED);
    }

    @Test
    void oneConcreteAddressShutsOutTheOtherFamily() throws IOException {
        place.tree.listens("tcp6", "192.0.2.7", 8080);

        assertThat(only(place.ports(8080).report()))
                .isEqualTo(Finding.of(FindingCode.ONE_ADDRESS_ONLY, "tcp6 [::ffff:192.0.2.7]:8080"));
    }

    @Test
    void concreteAddressesOfBothFamiliesServeBoth() throws IOException {
        place.tree.listens("tcp6", "192.0.2.7", 8080).listens("tcp6", "2001:db8::2", 8080);

        assertThat(place.ports(8080).report().findings()).isEmpty();
    }

    @Test
    void nothingOnThePort() throws IOException {
        place.tree.listens("tcp6", "::1", 9090);
        Report report = place.ports(8080).report();

        Finding finding = only(report);
        assertThat(finding.code()).isEqualTo(FindingCode.NOT_LISTENING);
        assertThat(finding.evidence())
                .isEqualTo("No TCP socket listens on port 8080. What listens here: tcp6 [::1]:9090.");
        assertThat(place.result(FindingCode.LOOPBACK_ONLY).status()).isEqualTo(Status.SKIPPED);
    }

    @Test
    void udpSocketDoesNotServeATcpPort() throws IOException {
        place.tree.listens("udp6", "::", 8080);

        assertThat(only(place.ports(8080).report()).code()).isEqualTo(FindingCode.NOT_LISTENING);
    }

    @Test
    void garbledTableDoesNotProveThatNothingListens() throws IOException {
        place.tree.append("net/tcp6", "   0: garbage\n");

        assertThat(place.ports(8080).result(FindingCode.NOT_LISTENING).status()).isEqualTo(Status.UNKNOWN);
        assertThat(place.report().text()).contains("V6-404  UNKNOWN", "net/tcp6 line 2 is no row of this table");
    }

    @Test
    void socketThatClosedMeanwhileDoesNotListen() throws IOException {
        place.tree.listens("tcp6", "::", 1);

        Finding finding = only(place.ports(1).report());
        assertThat(finding.code()).isEqualTo(FindingCode.NOT_LISTENING);
        assertThat(finding.evidence())
                .isEqualTo("tcp6 [::]:1; a connect to 127.0.0.1:1 was refused; a connect to [::1]:1 was refused");
    }

    @Test
    void withoutIpv6AnIpv4SocketIsNoFault() throws IOException {
        Place old = Place.in(Files.createDirectory(directory.resolve("old")));
        try (ServerSocketChannel server = ipv4Server()) {
            int port = server.socket().getLocalPort();
            old.resolvConf("nameserver 192.0.2.53\n").tree.listens("tcp", "0.0.0.0", port);

            assertThat(old.ports(port).result(FindingCode.IPV4_ONLY).status()).isEqualTo(Status.SKIPPED);
            assertThat(only(old.report()).code()).isEqualTo(FindingCode.IPV6_DISABLED);
        }
    }

    private static ServerSocketChannel ipv4Server() throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.INET)
                .bind(new InetSocketAddress(InetAddress.getByName("0.0.0.0"), 0));
    }

    private static Finding only(Report report) {
        List<Finding> findings = report.findings();
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }
}
