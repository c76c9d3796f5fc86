// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import static dev.v6.dns.ContainerNetwork.UPSTREAM;
import static dev.v6.dns.ContainerNetwork.look;
import static dev.v6.dns.ContainerNetwork.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.ChildJvm;
import dev.v6.dns.ContainerNetwork.Looked;
import dev.v6.lab.NetNamespace;
import dev.v6.lab.RequiresNamespaces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A network as a container sees it: an embedded DNS at 127.0.0.11 that alone knows the containers, and an upstream that
 * is reached over IPv6 only and that resolv.conf names in a comment.
 */
@RequiresNamespaces
@RequiresNameServers
class BypassInNamespacesTest {
    @TempDir
    Path directory;

    private ContainerNetwork network;
    private NetNamespace container;

    @BeforeEach
    void network() throws Exception {
        network = new ContainerNetwork(directory);
        container = network.container;
    }

    @AfterEach
    void end() throws Exception {
        network.close();
    }

    /** Traps 24 and 25: what only 127.0.0.11 knows is not lost, and its {@code host(...)} servers are tried before use. */
    @Test
    void trap24And25NamesOfContainersAndOfTheOutsideAreFoundThoughTheEmbeddedDnsReachesNobody() throws Exception {
        network.embedded();
        try (ChildJvm child = network.child()) {
            assertThat(said(child, "six.test")).isEqualTo("2001:db8::66");
            assertThat(said(child, "dual.test")).isEqualTo("198.18.0.80 2001:db8::80");
            assertThat(said(child, "alias.test")).isEqualTo("2001:db8::66");
            assertThat(said(child, "db")).isEqualTo("198.18.90.9 2001:db8:90::9");
            assertThat(said(child, "web.backend")).isEqualTo("2001:db8:90::8");
            assertThat(said(child, "none.test")).startsWith("none: 'none.test' ");
        }
    }

    @Test
    void anUpstreamThatIsKilledLeavesTheEmbeddedDnsAndComesBack() throws Exception {
        network.embedded("host-record=dual.test,198.18.0.80,2001:db8::80");
        try (ChildJvm child = network.child()) {
            assertThat(said(child, "six.test")).isEqualTo("2001:db8::66");
            NameServers.stop(network.upstream);
            assertThat(said(child, "dual.test")).isEqualTo("198.18.0.80 2001:db8::80");
            assertThat(said(child, "db")).isEqualTo("198.18.90.9 2001:db8:90::9");
            network.servers.dnsmasq(network.outside::inside, UPSTREAM, 53, "host-record=new.test,2001:db8::99");
            assertThat(said(child, "new.test")).isEqualTo("2001:db8::99");
        }
    }

    @Test
    void anUpstreamThatFallsSilentHoldsNobodyUpBeyondItsTime() throws Exception {
        network.embedded("host-record=dual.test,198.18.0.80,2001:db8::80");
        try (ChildJvm child = network.child()) {
            assertThat(said(child, "six.test")).isEqualTo("2001:db8::66");
            container.nft("add table inet cut; add chain inet cut in { type filter hook input priority 0; };"
                    + " add rule inet cut in iifname eth0 udp sport 53 drop");
            Looked dual = look(child, "dual.test");
            assertThat(dual.said()).isEqualTo("198.18.0.80 2001:db8::80");
            assertThat(dual.millis()).isLessThan(3000);
            assertThat(said(child, "db")).isEqualTo("198.18.90.9 2001:db8:90::9");
            Looked none = look(child, "none.test");
            assertThat(none.said()).startsWith("none: ");
            assertThat(none.millis()).isLessThan(12_000);
        }
    }

    @Test
    void ofThirtyInAHundredLostDatagramsNoNameIsLost() throws Exception {
        network.embedded();
        container.nft("add table inet lossy; add chain inet lossy in { type filter hook input priority 0; };"
                + " add rule inet lossy in iifname eth0 udp sport 53 numgen random mod 100 < 30 drop");
        everyNameHasBothFamilies(40);
    }

    @Test
    void ofThirtyInAHundredLostPacketsOfAnyKindNoNameIsLost() throws Exception {
        network.embedded();
        container.nft("add table inet lossy; add chain inet lossy in { type filter hook input priority 0; };"
                + " add rule inet lossy in iifname eth0 numgen random mod 100 < 30 drop");
        everyNameHasBothFamilies(40);
    }

    private void everyNameHasBothFamilies(int names) throws Exception {
        try (ChildJvm child = network.child()) {
            for (int i = 0; i < names; i++) {
                child.tell("n" + i + ".many.test");
            }
            for (int i = 0; i < names; i++) {
                assertThat(child.line()).matches("n" + i + "\\.many\\.test \\d+ 198\\.18\\.0\\.81 2001:db8::81");
            }
            assertThat(said(child, "db")).isEqualTo("198.18.90.9 2001:db8:90::9");
        }
    }

    @Test
    void anUpstreamThatTakesTwoSecondsStillAnswers() throws Exception {
        network.embedded();
        network.outside.address("eth0", List.of("2001:db8:90::54/64"));
        Files.writeString(network.conf, "nameserver 127.0.0.11\n# ExtServers: [2001:db8:90::54]\n");
        try (ChildJvm relay = network.outside.java(SlowRelay.class.getName(), "2001:db8:90::54", UPSTREAM, "2000");
                ChildJvm child = network.child()) {
            assertThat(relay.line()).isEqualTo("ready");
            Looked six = look(child, "six.test");
            assertThat(six.said()).isEqualTo("2001:db8::66");
            assertThat(six.millis()).isLessThan(8000);
            assertThat(look(child, "db").millis()).isLessThan(1000);
        }
    }

    /** Trap 26: a network with no way upstream, as of {@code --internal}. */
    @Test
    void withoutARouteTheUpstreamIsNotWaitedFor() throws Exception {
        network.embedded("host-record=dual.test,198.18.0.80,2001:db8::80");
        container.ip("link", "set", "eth0", "down");
        try (ChildJvm child = network.child()) {
            assertThat(said(child, "db")).isEqualTo("198.18.90.9 2001:db8:90::9");
            Looked dual = look(child, "dual.test");
            assertThat(dual.said()).isEqualTo("198.18.0.80 2001:db8::80");
            assertThat(dual.millis()).isLessThan(1000);
        }
    }
}
