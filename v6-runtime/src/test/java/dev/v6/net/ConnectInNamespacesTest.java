// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.ChildJvm;
import dev.v6.lab.NetNamespace;
import dev.v6.lab.RequiresNamespaces;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client in one network namespace, server and DNS in another, and what may be wrong between them. */
@RequiresNamespaces
@Timeout(120)
class ConnectInNamespacesTest {
    private static final String SERVER_IPV4 = "198.18.90.2";
    private static final String SERVER_IPV6 = "2001:db8:90::2";
    private static final List<String> CLIENT = List.of("198.18.90.1/24", "2001:db8:90::1/64");
    private static final List<String> CLIENT_IPV4 = List.of("198.18.90.1/24");
    private static final List<String> CLIENT_IPV6 = List.of("2001:db8:90::1/64");
    private static final List<String> SERVER = List.of(SERVER_IPV4 + "/24", SERVER_IPV6 + "/64");
    private static final String DROP_IPV6 =
            "add table ip6 t; add chain ip6 t in { type filter hook input priority 0; };"
                    + " add rule ip6 t in tcp dport 8080 counter drop";

    private final List<AutoCloseable> open = new ArrayList<>();
    private NetNamespace client;
    private NetNamespace server;

    @BeforeEach
    void lay() throws Exception {
        client = opened(NetNamespace.create());
        server = opened(NetNamespace.create());
    }

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @Test
    void ipv6WinsWhereBothFamiliesWork() throws Exception {
        wire(CLIENT);
        dns("ok");
        assertThat(connect("db.test", 1)).startsWith(SERVER_IPV6);
    }

    @Test
    void whereTheClientHasIpv4AloneIpv4Wins() throws Exception {
        wire(CLIENT_IPV4);
        dns("ok");
        assertThat(connect("db.test", 1)).startsWith(SERVER_IPV4);
    }

    @Test
    void whereTheClientsKernelHasIpv6SwitchedOffIpv4Wins() throws Exception {
        wire(CLIENT_IPV4);
        client.sysctl("net.ipv6.conf.all.disable_ipv6", "1");
        dns("ok");
        assertThat(connect("db.test", 1)).startsWith(SERVER_IPV4);
    }

    @Test
    void whereTheClientHasIpv6AloneIpv6Wins() throws Exception {
        wire(CLIENT_IPV6);
        dns("ok");
        assertThat(connect("db.test", 1)).startsWith(SERVER_IPV6);
    }

    /** RFC 7050: the other side of the prefix is the server itself, which has the address that stands for IPv4's. */
    @Test
    void anIpv4LiteralIsReachedThroughTheNetworksNat64() throws Exception {
        wire(CLIENT_IPV6);
        client.ip("-6", "route", "add", "2001:db8:64::/96", "via", SERVER_IPV6);
        server.address("eth0", List.of("2001:db8:64::198.18.90.9/128"));
        dns("ok", "ipv4only.arpa=192.0.0.170,192.0.0.171,2001:db8:64::192.0.0.170,2001:db8:64::192.0.0.171");
        assertThat(connect("198.18.90.9", 1)).startsWith("2001:db8:64::c612:5a09 ");
        assertThat(connect("old.test", 1)).as("a name that has IPv4 alone").startsWith("2001:db8:64::c612:5a09 ");
    }

    @Test
    void withoutNat64AnIpv4LiteralCannotBeReachedFromIpv6AloneAndThatIsSaid() throws Exception {
        wire(CLIENT_IPV6);
        dns("ok");
        assertThat(connect("198.18.90.9", 1))
                .startsWith("java.net.ConnectException: No connection to 198.18.90.9:8080: 198.18.90.9 Network is"
                        + " unreachable (");
    }

    /** Trap 42: a blackhole costs one delay, and once. */
    @Test
    void blackholedIpv6CostsOneDelayAndOnlyTheFirstTime() throws Exception {
        wire(CLIENT);
        dns("ok");
        server.nft(DROP_IPV6);
        ChildJvm jvm = start("db.test", 2, "10000");
        String first = jvm.line();
        String second = jvm.line();
        assertThat(first).startsWith(SERVER_IPV4);
        assertThat(millis(first)).isGreaterThanOrEqualTo(250);
        assertThat(second).startsWith(SERVER_IPV4);
        assertThat(server.run("nft", "list", "ruleset")).contains("counter packets 1 ");
    }

    @Test
    void refusedIpv6LetsIpv4Win() throws Exception {
        wire(CLIENT);
        dns("ok");
        server.nft("add table ip6 t; add chain ip6 t in { type filter hook input priority 0; };"
                + " add rule ip6 t in tcp dport 8080 reject with tcp reset");
        assertThat(connect("db.test", 1)).startsWith(SERVER_IPV4);
    }

    @Test
    void forbiddenIpv6LetsIpv4Win() throws Exception {
        wire(CLIENT);
        dns("ok");
        server.nft("add table ip6 t; add chain ip6 t in { type filter hook input priority 0; };"
                + " add rule ip6 t in tcp dport 8080 reject with icmpv6 admin-prohibited");
        assertThat(connect("db.test", 1)).startsWith(SERVER_IPV4);
    }

    @Test
    void slowAaaaDelaysNothingWhereEachFamilyIsAskedByItself() throws Exception {
        wire(CLIENT);
        dns("30000");
        String connected = start("db.test", 1, "20000", SERVER_IPV4).line();
        assertThat(connected).startsWith(SERVER_IPV4);
    }

    /** The JDK waits for both; then the deadline is what holds. */
    @Test
    void slowAaaaNeverOutlastsTheDeadline() throws Exception {
        wire(CLIENT);
        dns("30000");
        String failed = start("db.test", 1, "1500").line();
        assertThat(failed)
                .startsWith("java.net.SocketTimeoutException: The look-up of db.test gave no answer within 1500.0 ms.");
    }

    @Test
    void aaaaServfailLetsIpv4Win() throws Exception {
        wire(CLIENT);
        dns("servfail");
        assertThat(connect("db.test", 1)).startsWith(SERVER_IPV4);
        assertThat(start("db.test", 1, "10000", SERVER_IPV4).line()).startsWith(SERVER_IPV4);
    }

    @Test
    void everyConnectSucceedsOverALossyLink() throws Exception {
        wire(CLIENT);
        dns("ok");
        server.nft("add table inet t; add chain inet t in { type filter hook input priority 0; };"
                + " add rule inet t in tcp dport 8080 numgen random mod 100 < 20 drop");
        ChildJvm jvm = start("db.test", 15, "30000");
        for (int i = 0; i < 15; i++) {
            assertThat(jvm.line()).matches("(" + SERVER_IPV4 + "|" + SERVER_IPV6 + ") .*");
        }
    }

    @Test
    void everyConnectSucceedsWhileAddressesComeAndGo() throws Exception {
        wire(CLIENT);
        dns("ok");
        int times = 2000;
        ChildJvm jvm = start("db.test", times, "30000");
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            String line = jvm.line();
            assertThat(line).matches("(" + SERVER_IPV4 + "|" + SERVER_IPV6 + ") .*");
            seen.add(line.substring(0, line.indexOf(' ')));
            if (i % 400 == 100) {
                client.ip("-6", "address", "delete", "2001:db8:90::1/64", "dev", "eth0");
            } else if (i % 400 == 200) {
                client.address("eth0", CLIENT_IPV6);
            } else if (i % 400 == 300) {
                server.ip("address", "delete", SERVER_IPV4 + "/24", "dev", "eth0");
                server.address("eth0", List.of(SERVER_IPV4 + "/24"));
            }
        }
        assertThat(seen).contains(SERVER_IPV4, SERVER_IPV6);
    }

    @Test
    void aZoneNamesTheLink() throws Exception {
        wire(CLIENT);
        server.ip("address", "add", "fe80::90/64", "dev", "eth0", "nodad");
        client.ip("address", "add", "fe80::91/64", "dev", "eth0", "nodad");
        serve();
        assertThat(connect("fe80::90%eth0", 1)).startsWith("fe80::90%eth0 ");
        assertThat(connect("[FE80::90%25eth0]", 1)).startsWith("fe80::90%eth0 ");
    }

    private void wire(List<String> clientAddresses) throws Exception {
        client.wire("eth0", clientAddresses, server, "eth0", SERVER);
    }

    private void dns(String fault, String... records) throws Exception {
        serve();
        List<String> arguments = new ArrayList<>(List.of(
                FaultyDns.class.getName(),
                fault,
                "db.test=" + SERVER_IPV4 + "," + SERVER_IPV6,
                "old.test=198.18.90.9"));
        arguments.addAll(List.of(records));
        ready(server.java(arguments.toArray(String[]::new)));
        boolean ipv4 = client.ip("address").contains("198.18.90.1/");
        client.resolvConf(
                "nameserver " + (ipv4 ? SERVER_IPV4 : SERVER_IPV6) + "\noptions timeout:5 attempts:1 ndots:1\n");
    }

    private void serve() throws Exception {
        ready(server.java(NamespaceServer.class.getName()));
    }

    private void ready(ChildJvm jvm) throws IOException {
        assertThat(opened(jvm).line()).isEqualTo("ready");
    }

    private String connect(String host, int times) throws Exception {
        return start(host, times, "10000").line();
    }

    private ChildJvm start(String host, int times, String timeout, String... dns) throws Exception {
        List<String> arguments = new ArrayList<>(
                List.of(NamespaceClient.class.getName(), host, "8080", Integer.toString(times), timeout));
        arguments.addAll(List.of(dns));
        return opened(client.java(arguments.toArray(String[]::new)));
    }

    private static long millis(String line) {
        return Long.parseLong(line.substring(line.lastIndexOf(' ') + 1));
    }

    private <T extends AutoCloseable> T opened(T one) {
        open.add(one);
        return one;
    }
}
