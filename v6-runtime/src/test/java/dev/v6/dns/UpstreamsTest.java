// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.v6.Finding;
import dev.v6.FindingCode;
import dev.v6.Severity;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamsTest {

    private static Upstreams choose(String named, Map<String, Reach> reach, String... lines) {
        ResolvConf conf = ResolvConf.parse(String.join("\n", lines), Path.of("resolv.conf"), ResolvEnvironment.BARE);
        return Upstreams.choose(
                Server.parse(named), conf, server -> reach.getOrDefault(server.toString(), Reach.UNPROVEN));
    }

    private static List<String> text(List<Server> servers) {
        return servers.stream().map(Server::toString).toList();
    }

    private static List<FindingCode> codes(Upstreams upstreams) {
        return upstreams.findings().stream().map(Finding::code).toList();
    }

    @Test
    void whatTheUserNamesStandsForAllElse() {
        Upstreams chosen = choose(
                "[2001:db8::53]:5353, 198.18.0.53 127.0.0.11 198.18.0.53",
                Map.of("198.18.7.7", Reach.ANSWERS),
                "nameserver 127.0.0.11",
                "nameserver 198.18.9.9",
                "# ExtServers: [198.18.7.7]");
        assertThat(text(chosen.servers())).containsExactly("[2001:db8::53]:5353", "198.18.0.53");
        assertThat(text(chosen.system())).containsExactly("127.0.0.11");
        assertThat(chosen.unproven()).isEmpty();
    }

    @Test
    void withoutAnEmbeddedDnsTheFilesServersAreTheOtherSide() {
        Upstreams chosen =
                choose("2001:db8::53,198.18.9.9", Map.of(), "nameserver 198.18.9.9", "nameserver 198.18.9.8");
        assertThat(text(chosen.servers())).containsExactly("2001:db8::53", "198.18.9.9");
        assertThat(text(chosen.system())).containsExactly("198.18.9.8");
    }

    @Test
    void theFilesOwnServersComeBeforeThoseOfTheEngine() {
        Upstreams chosen = choose(
                "",
                Map.of("2001:db8::53", Reach.ANSWERS, "198.18.9.9", Reach.ANSWERS),
                "nameserver 127.0.0.11",
                "nameserver 198.18.9.9",
                "# ExtServers: [host(2001:db8::53) 198.18.9.9]");
        assertThat(text(chosen.servers())).containsExactly("198.18.9.9", "2001:db8::53");
        assertThat(text(chosen.system())).containsExactly("127.0.0.11");
        assertThat(chosen.findings()).isEmpty();
    }

    /** Trap 25. */
    @Test
    void aServerOfTheEngineIsAskedOnceBeforeItCounts() {
        String[] lines = {"nameserver 127.0.0.11", "# ExtServers: [host(2001:db8::53)]"};
        Upstreams before = choose("", Map.of(), lines);
        assertThat(before.servers()).isEmpty();
        assertThat(text(before.unproven())).containsExactly("2001:db8::53");
        assertThat(before.findings()).isEmpty();
        Upstreams after = choose("", Map.of("2001:db8::53", Reach.ANSWERS), lines);
        assertThat(text(after.servers())).containsExactly("2001:db8::53");
        assertThat(after.unproven()).isEmpty();
    }

    @Test
    void aServerOfTheEngineThatIsSilentHereIsTold() {
        Upstreams chosen = choose(
                "",
                Map.of("2001:db8::53", Reach.SILENT, "198.18.0.53", Reach.SILENT),
                "nameserver 127.0.0.11",
                "# ExtServers: [host(2001:db8::53) 198.18.0.53]");
        assertThat(chosen.servers()).isEmpty();
        assertThat(codes(chosen))
                .containsExactly(
                        FindingCode.UPSTREAM_OUT_OF_REACH, FindingCode.UPSTREAM_OUT_OF_REACH, FindingCode.NO_UPSTREAM);
        assertThat(chosen.findings())
                .extracting(Finding::severity)
                .containsExactly(Severity.INFO, Severity.WARNING, Severity.INFO);
    }

    /** Trap 25: 127.0.0.53 of the host is nobody here. */
    @Test
    void theHostsOwnLoopbackAndLinksAreNotAskedFromHere() {
        Upstreams chosen = choose(
                "", Map.of(), "nameserver 127.0.0.11", "# ExtServers: [host(127.0.0.53) host(fe80::1%1) host(::1)]");
        assertThat(chosen.unproven()).isEmpty();
        assertThat(codes(chosen)).containsExactly(FindingCode.NO_UPSTREAM);
    }

    /** Trap 26: the comment is a hint that may not be there. */
    @Test
    void anOldEngineTellsOfNoUpstream() {
        Upstreams chosen = choose("", Map.of(), "nameserver 127.0.0.11", "options ndots:0");
        assertThat(chosen.servers()).isEmpty();
        assertThat(chosen.findings())
                .extracting(Finding::evidence)
                .containsExactly("resolv.conf names 127.0.0.11 alone, and says of no server behind it.");
    }

    @Test
    void outsideOfDockerTheFilesServersAreAll() {
        Upstreams chosen = choose("", Map.of(), "nameserver 2001:db8::53", "nameserver 127.0.0.53");
        assertThat(text(chosen.servers())).containsExactly("2001:db8::53", "127.0.0.53");
        assertThat(chosen.system()).isEmpty();
        assertThat(chosen.findings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dns.test",
                "198.18.0.53:0",
                "198.18.0.53:65536",
                "198.18.0.53:",
                "[2001:db8::53",
                "[2001:db8::53]:x",
                "198.18.0",
                "2001:db8:::1"
            })
    void aListThatDoesNotParseSaysWhatToWrite(String word) {
        assertThatThrownBy(() -> Server.parse("198.18.0.53," + word))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("v6.dns.servers names '" + word + "', which is no address of a server. Write addresses"
                        + " apart by commas, such as 192.0.2.53 or [2001:db8::53]:5353.");
    }

    @Test
    void portsAndZonesAreRead() {
        assertThat(Server.parse(" 198.18.0.53:54 ,fe80::1%1\t[::1] ,[::1]:55, "))
                .extracting(Server::toString)
                .containsExactly("198.18.0.53:54", "fe80::1%1", "::1", "[::1]:55");
        assertThat(Arrays.asList(Server.Origin.values()))
                .extracting(Server.Origin::toString)
                .doesNotHaveDuplicates();
    }
}
