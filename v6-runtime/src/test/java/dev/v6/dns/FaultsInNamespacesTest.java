// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import static dev.v6.dns.ContainerNetwork.UPSTREAM;
import static dev.v6.dns.ContainerNetwork.look;
import static dev.v6.dns.ContainerNetwork.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.ChildJvm;
import dev.v6.dns.ContainerNetwork.Looked;
import dev.v6.lab.RequiresNamespaces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Upstreams that are there and no good: unbound and BIND as they are when something is amiss with them. */
@RequiresNamespaces
@RequiresNameServers
class FaultsInNamespacesTest {
    private static final String DB = "198.18.90.9 2001:db8:90::9";
    private static final String DUAL = "198.18.0.80 2001:db8::80";

    @TempDir
    Path directory;

    private ContainerNetwork network;

    @BeforeEach
    void network() throws Exception {
        network = new ContainerNetwork(directory);
    }

    @AfterEach
    void end() throws Exception {
        network.close();
    }

    private void answersThroughTheEmbeddedDns(ChildJvm child) throws Exception {
        Looked dual = look(child, "dual.test");
        assertThat(dual.said()).isEqualTo(DUAL);
        assertThat(dual.millis()).isLessThan(5000);
        assertThat(said(child, "db")).isEqualTo(DB);
        Looked none = look(child, "none.test");
        assertThat(none.said()).startsWith("none: 'none.test' ");
        assertThat(none.millis()).isLessThan(11_000);
    }

    @Test
    void whereBindFailsTheEmbeddedDnsAnswers() throws Exception {
        network.embedded("host-record=dual.test," + DUAL.replace(' ', ','));
        String server = network.more("2001:db8:90::54");
        network.servers.bind(network.outside::inside, server, 53, "test", "This is no zone.\n");
        network.named(server);
        try (ChildJvm child = network.child()) {
            answersThroughTheEmbeddedDns(child);
            assertThat(said(child, "servfail.test")).contains(server + " fails (SERVFAIL)");
        }
    }

    @Test
    void whereUnboundReachesNobodyTheEmbeddedDnsAnswers() throws Exception {
        network.embedded("host-record=dual.test," + DUAL.replace(' ', ','));
        String server = network.more("2001:db8:90::54");
        network.servers.unbound(
                network.outside::inside, server, 53, "do-not-query-localhost: no\nlocal-zone: test. nodefault", """
                forward-zone:
                  name: "."
                  forward-addr: 127.0.0.1@1
                """);
        network.named(server);
        try (ChildJvm child = network.child()) {
            answersThroughTheEmbeddedDns(child);
        }
    }

    @Test
    void whereUnboundRefusesTheEmbeddedDnsAnswers() throws Exception {
        network.embedded("host-record=dual.test," + DUAL.replace(' ', ','));
        String server = network.more("2001:db8:90::54");
        network.servers.unbound(network.outside::inside, server, 53, "access-control: 2001:db8:90::/64 refuse", "");
        network.named(server);
        try (ChildJvm child = network.child()) {
            answersThroughTheEmbeddedDns(child);
            assertThat(said(child, "refused.test")).contains(server + " refuses");
        }
    }

    @Test
    void whereUnboundSaysNothingTheEmbeddedDnsAnswers() throws Exception {
        network.embedded("host-record=dual.test," + DUAL.replace(' ', ','));
        String server = network.more("2001:db8:90::54");
        network.servers.unbound(network.outside::inside, server, 53, "access-control: 2001:db8:90::/64 deny", "");
        network.named(server);
        try (ChildJvm child = network.child()) {
            answersThroughTheEmbeddedDns(child);
        }
    }

    @Test
    void aLameServersReferralIsNoAnswer() throws Exception {
        network.embedded("host-record=www.sub.zone.test," + DUAL.replace(' ', ','));
        String server = network.more("2001:db8:90::54");
        network.servers.bind(network.outside::inside, server, 53, "zone.test", """
                $TTL 60
                @ SOA ns hostmaster 1 60 60 60 60
                @ NS ns
                ns AAAA 2001:db8:90::54
                own AAAA 2001:db8::70
                sub NS ns.sub
                ns.sub AAAA 2001:db8:90::99
                """);
        network.named(server);
        try (ChildJvm child = network.child()) {
            assertThat(said(child, "own.zone.test")).isEqualTo("2001:db8::70");
            assertThat(said(child, "www.sub.zone.test")).isEqualTo(DUAL);
            assertThat(said(child, "none.zone.test")).startsWith("none: 'none.zone.test' has no address");
            assertThat(said(child, "none.sub.zone.test")).contains(server + " knows nothing of the zone");
            assertThat(said(child, "db")).isEqualTo(DB);
        }
    }

    @Test
    void ofTwoServersTheOneThatIsWellAnswers() throws Exception {
        network.embedded();
        String server = network.more("2001:db8:90::54");
        network.servers.unbound(network.outside::inside, server, 53, "access-control: 2001:db8:90::/64 refuse", "");
        network.named(server + " " + UPSTREAM);
        try (ChildJvm child = network.child()) {
            for (int i = 0; i < 20; i++) {
                Looked looked = look(child, "n" + i + ".many.test");
                assertThat(looked.said()).isEqualTo("198.18.0.81 2001:db8::81");
                assertThat(looked.millis()).isLessThan(5000);
            }
            assertThat(said(child, "db")).isEqualTo(DB);
        }
    }

    @Test
    void aTruncatedAnswerIsWholeByTcpAndMissedWithoutIt() throws Exception {
        network.embedded();
        String server = network.more("2001:db8:90::54");
        StringBuilder zone =
                new StringBuilder("$TTL 60\n@ SOA ns hostmaster 1 60 60 60 60\n@ NS ns\nns A 198.18.0.1\n");
        for (int i = 1; i <= 90; i++) {
            zone.append("big AAAA 2001:db8::")
                    .append(i)
                    .append("\nother AAAA 2001:db8::")
                    .append(i)
                    .append('\n');
        }
        network.servers.bind(network.outside::inside, server, 53, "zone.test", zone.toString());
        network.named(server);
        try (ChildJvm child = network.child()) {
            assertThat(said(child, "big.zone.test").split(" ", -1)).hasSize(90);
            network.outside.nft("add table inet cut; add chain inet cut in { type filter hook input priority 0; };"
                    + " add rule inet cut in tcp dport 53 reject with tcp reset");
            Looked part = look(child, "other.zone.test");
            assertThat(part.said()).startsWith("none: 'other.zone.test' could not be looked up: ");
            assertThat(part.millis()).isLessThan(11_000);
            assertThat(said(child, "db")).isEqualTo(DB);
        }
    }

    @Test
    void whatSomebodyElseSendsIsNotTaken() throws Exception {
        network.embedded();
        String server = network.more("2001:db8:90::54");
        String stranger = network.more("2001:db8:90::66");
        network.named(server);
        try (ChildJvm relay = network.outside.java(Spoofer.class.getName(), server, stranger, UPSTREAM, "300");
                ChildJvm child = network.child()) {
            assertThat(relay.line()).isEqualTo("ready");
            for (int i = 0; i < 10; i++) {
                assertThat(said(child, "n" + i + ".many.test")).isEqualTo("198.18.0.81 2001:db8::81");
            }
            assertThat(said(child, "db")).isEqualTo(DB);
        }
    }

    /** Trap 26: the engine rewrites the file when a network is connected. */
    @Test
    void anotherResolvConfIsFollowedWhileRunning() throws Exception {
        network.embedded();
        String server = network.more("2001:db8:90::54");
        network.servers.dnsmasq(
                network.outside::inside,
                server,
                53,
                "host-record=new.test,2001:db8::99",
                "host-record=dual.test,198.18.0.99,2001:db8::99",
                "local=/test/");
        try (ChildJvm child = network.child()) {
            assertThat(said(child, "dual.test")).isEqualTo(DUAL);
            assertThat(said(child, "new.test")).startsWith("none: ");
            network.named(server);
            String now = said(child, "dual.test");
            for (int i = 0; i < 1_000_000 && now.equals(DUAL); i++) {
                now = said(child, "dual.test");
            }
            assertThat(now).isEqualTo("198.18.0.99 2001:db8::99");
            assertThat(said(child, "new.test")).isEqualTo("2001:db8::99");
            assertThat(said(child, "db")).isEqualTo(DB);
            Files.delete(network.conf);
            assertThat(said(child, "dual.test")).isEqualTo("198.18.0.99 2001:db8::99");
        }
    }

    /** As an engine has it: it listens somewhere else, and the kernel translates, for good for the ports it has seen. */
    @Test
    void anEngineThatRestartsIsFoundWhereItIsThen() throws Exception {
        Process before = network.servers.dnsmasq(
                network.container::inside, "127.0.0.11", 5301, "host-record=db," + DB.replace(' ', ','), "local=//");
        network.container.nft(translation(5301));
        try (ChildJvm child = network.child()) {
            assertThat(said(child, "db")).isEqualTo(DB);
            NameServers.stop(before);
            network.servers.dnsmasq(
                    network.container::inside,
                    "127.0.0.11",
                    5302,
                    "host-record=new," + DB.replace(' ', ','),
                    "local=//");
            network.container.nft("delete table ip engine; " + translation(5302));
            Looked looked = look(child, "new");
            assertThat(looked.said()).isEqualTo(DB);
            assertThat(looked.millis()).isLessThan(5000);
        }
    }

    private static String translation(int port) {
        return "add table ip engine; add chain ip engine out { type nat hook output priority -100; };"
                + " add rule ip engine out ip daddr 127.0.0.11 udp dport 53 dnat to 127.0.0.11:" + port + ";"
                + " add rule ip engine out ip daddr 127.0.0.11 tcp dport 53 dnat to 127.0.0.11:" + port;
    }

    /** Trap 30: a router announces such a server (RFC 8106), and its zone is part of its address. */
    @Test
    void trap30AServerOnTheLinkIsAskedThere() throws Exception {
        network.container.address("eth0", List.of("fe80::2/64"));
        String server = network.more("fe80::53");
        network.servers.dnsmasq(
                network.outside::inside, server, 53, "host-record=link.test,2001:db8::77", "local=/test/");
        Files.writeString(network.conf, "nameserver fe80::53%eth0\n");
        try (ChildJvm child = network.child()) {
            assertThat(said(child, "link.test")).isEqualTo("2001:db8::77");
            assertThat(said(child, "none.test")).startsWith("none: 'none.test' has no address: fe80::53%eth0 ");
        }
    }

    /** Trap 29: the families are not those of the first moment for good. */
    @Test
    void trap29FamiliesThatComeAfterTheStartCount() throws Exception {
        network.embedded();
        network.container.ip("-6", "address", "flush", "dev", "eth0", "scope", "global");
        network.container.address("eth0", List.of("198.18.90.2/24"));
        network.outside.address("eth0", List.of("198.18.90.53/24"));
        network.servers.dnsmasq(
                network.outside::inside, "198.18.90.53", 53, "host-record=first.test," + DUAL.replace(' ', ','));
        network.named("198.18.90.53");
        try (ChildJvm child = network.child()) {
            assertThat(said(child, "first.test")).isEqualTo(DUAL);
            network.container.address("eth0", List.of("2001:db8:90::2/64"));
            network.named(UPSTREAM);
            String now = said(child, "six.test");
            for (int i = 0; i < 1_000_000 && now.startsWith("none: "); i++) {
                now = said(child, "six.test");
            }
            assertThat(now).isEqualTo("2001:db8::66");
        }
    }
}
