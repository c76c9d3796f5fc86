// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import static dev.v6.FindingCode.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.FindingCode;
import dev.v6.check.Scene.Look;
import dev.v6.lab.RequiresNamespaces;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every code of the JVM, the kernel, the names and the listeners: a place that has the fault, and the same place mended as
 * the remedy says. What the engines have to do with it is EveryFindingIT's to show.
 */
@RequiresNamespaces
@Timeout(120)
class EveryFindingTest {
    private static final String LOCALHOST = "127.0.0.1 localhost\n::1 localhost\n";
    private static final String UPSTREAM = Scene.ROUTER_IPV6;
    private static final String DUAL = "--host-record=dual.test,198.18.0.80,2001:db8::80";

    /** The codes that no place has by itself, and where each is shown instead. */
    private static final Map<FindingCode, String> ELSEWHERE = Map.of(
            NOT_TAKEN, "takes a witness of arrivals, so v6:verify finds it: DiagnosisTest",
            CLOSES_AT_ONCE, "takes a witness of arrivals, so v6:verify finds it: DiagnosisTest",
            JDK_TOO_OLD, "takes a JVM older than any that runs these tests: AgentModesIT",
            PORT_TAKEN, "is what DualStack says when it cannot bind: DualStackNamespaceTest");

    @TempDir
    private Path directory;

    /** Makes a place. */
    private interface Making {
        Scene in(Path directory) throws Exception;
    }

    /**
     * A code.
     *
     * @param code which
     * @param fault a place that has it
     * @param evidence what must be told of it
     * @param mended the same place without it
     * @param besides what else is wrong with the faulty place, as one fault may bring another
     */
    private record Row(FindingCode code, Making fault, String evidence, Making mended, Set<FindingCode> besides) {
        @Override
        public String toString() {
            return code.id() + " " + code.title();
        }
    }

    private static Row row(FindingCode code, Making fault, String evidence, Making mended, FindingCode... besides) {
        Set<FindingCode> others = EnumSet.noneOf(FindingCode.class);
        others.addAll(Arrays.asList(besides));
        return new Row(code, fault, evidence, mended, others);
    }

    private static Scene healthy(Path directory) throws Exception {
        return Scene.dualStack(directory).listens("dual:8080");
    }

    private static Scene listening(Path directory, String... words) throws Exception {
        return Scene.dualStack(directory).listens(words);
    }

    /** An engine's embedded DNS with these options, an upstream that knows dual.test, and a look from beside. */
    private static Scene names(Path directory, String conf, String... embedded) throws Exception {
        Scene scene = healthy(directory).beside().resolvConf(conf);
        return scene.dnsmasq(scene.here, "127.0.0.11", embedded).dnsmasq(scene.outside, UPSTREAM, DUAL);
    }

    private static Scene twoNodes(Path directory, String address) throws Exception {
        Scene scene = healthy(directory);
        scene.outside.address("eth0", List.of("2001:db8:90::7/64"));
        // A link that is just up may lose the one probe that the kernel sends.
        scene.here.sysctl("net.ipv6.conf.eth0.dad_transmits", "5");
        scene.here.sysctl("net.ipv6.neigh.eth0.retrans_time_ms", "200");
        scene.here.ip("-6", "address", "add", address + "/64", "dev", "eth0");
        String detection = "tentative";
        while (detection.contains("tentative") && !detection.contains("dadfailed")) {
            detection = scene.here.ip("-6", "address", "show", "dev", "eth0", "to", address);
        }
        return scene;
    }

    static Stream<Row> rows() {
        List<Row> rows = new ArrayList<>();
        rows.add(row(
                PREFER_IPV4_STACK,
                in -> healthy(in).flags("-Djava.net.preferIPv4Stack=true"),
                "This JVM runs with java.net.preferIPv4Stack=true, set on the command line",
                EveryFindingTest::healthy,
                IPV4_ONLY));
        rows.add(row(
                PREFER_IPV6_ADDRESSES,
                EveryFindingTest::ipv6Only,
                "java.net.preferIPv6Addresses is not set for this JVM, so a name's IPv4 addresses come first, and the only"
                        + " default route here is one of IPv6",
                in -> ipv6Only(in).flags("-Djava.net.preferIPv6Addresses=system")));
        rows.add(row(
                DNS_CACHED_FOR_EVER,
                in -> healthy(in).flags("-Dsun.net.inetaddr.ttl=-1"),
                "-Dsun.net.inetaddr.ttl=-1 is set on the command line for this JVM",
                in -> healthy(in).flags("-Dsun.net.inetaddr.ttl=30")));
        rows.add(row(
                IPV6_DISABLED,
                in -> Scene.withoutIpv6(in).listens("dual:8080"),
                "No interface has an IPv6 address, not even ::1 on loopback. net.ipv6.conf.all.disable_ipv6 is 1.",
                EveryFindingTest::healthy));
        rows.add(row(
                NO_IPV6_ADDRESS,
                EveryFindingTest::ipv4Only,
                "The only IPv6 addresses are ::1/128 on lo; net.ipv6.conf.eth0.disable_ipv6 is 1",
                EveryFindingTest::healthy));
        rows.add(row(
                NO_IPV6_ROUTE,
                in -> {
                    Scene scene = healthy(in);
                    scene.here.ip("-6", "route", "delete", "default");
                    return scene;
                },
                "The address " + Scene.IPV6 + "/64 on eth0 is there, and among ",
                EveryFindingTest::healthy));
        rows.add(row(
                ADDRESS_NOT_USABLE,
                in -> twoNodes(in, "2001:db8:90::7"),
                "2001:db8:90::7/64 on eth0: duplicate address detection failed, another node has it",
                in -> twoNodes(in, "2001:db8:90::8")));
        rows.addAll(names());
        rows.addAll(listeners());
        return rows.stream();
    }

    private static List<Row> names() {
        String embedded = "nameserver 127.0.0.11\n";
        String behind = embedded + "# ExtServers: [" + UPSTREAM + "]\n";
        String resolve = "-Dv6.check.resolve=dual.test";
        return List.of(
                row(
                        ONLY_EMBEDDED_DNS,
                        in -> names(in, behind, DUAL),
                        "resolv.conf names the server 127.0.0.11 and no other.",
                        in -> names(in, "nameserver " + UPSTREAM + "\n", DUAL)),
                row(
                        EMBEDDED_NO_AAAA,
                        in -> names(in, behind, "--host-record=other.test,198.18.0.81")
                                .flags(resolve),
                        "127.0.0.11 failed for the AAAA of dual.test (it refuses), which " + UPSTREAM + " gave.",
                        in -> names(in, behind, DUAL).flags(resolve),
                        NAME_LACKS_FAMILY),
                row(
                        DEFAULT_NAMESERVERS,
                        in -> healthy(in).resolvConf("nameserver 198.18.0.53\n# Used default nameservers.\n"),
                        "198.18.0.53",
                        in -> healthy(in).resolvConf("nameserver 198.18.0.53\n")),
                row(
                        UPSTREAM_OUT_OF_REACH,
                        in -> names(in, "nameserver 127.0.0.12\n", DUAL),
                        "127.0.0.12, named in resolv.conf, does not answer.",
                        in -> names(in, "nameserver " + UPSTREAM + "\n", DUAL)),
                row(
                        NO_UPSTREAM,
                        in -> names(in, embedded, DUAL),
                        "resolv.conf names 127.0.0.11 alone, and says of no server behind it.",
                        in -> names(in, behind, DUAL)),
                row(
                        BAD_RESOLVER_FILE,
                        in -> healthy(in).resolvConf("nameserver dns.example\nnameserver 198.18.0.53\n"),
                        "dns.example",
                        in -> healthy(in).resolvConf("nameserver 198.18.0.53\n")),
                row(
                        RESOLVER_NOT_ASKED,
                        in -> healthy(in).hosts(LOCALHOST).resolvConf(embedded),
                        "-Djdk.net.hosts.file gives this JVM's names, and no resolver is asked.",
                        in -> healthy(in).hosts(LOCALHOST).resolvConf(embedded).flags("-Dv6.dns=off")),
                row(
                        NAME_LACKS_FAMILY,
                        in -> healthy(in)
                                .hosts(LOCALHOST + "198.18.0.4 four.test\n")
                                .flags("-Dv6.check.resolve=four.test"),
                        "'four.test' has 198.18.0.4 and no IPv6 address",
                        in -> healthy(in)
                                .hosts(LOCALHOST + "198.18.0.4 four.test\n2001:db8::4 four.test\n")
                                .flags("-Dv6.check.resolve=four.test")));
    }

    private static List<Row> listeners() {
        String connect = "-Dv6.check.connect=peer.test:9090,[::1]:8080";
        String peer = LOCALHOST + "127.0.0.1 peer.test\n::1 peer.test\n";
        return List.of(
                row(
                        LOOPBACK_ONLY,
                        in -> listening(in, "at:8080:127.0.0.1", "at:8080:::1"),
                        "tcp6 [::ffff:127.0.0.1]:8080; tcp6 [::1]:8080",
                        EveryFindingTest::healthy),
                row(
                        IPV4_ONLY,
                        in -> listening(in, "ipv4:8080").hosts("127.0.0.1 localhost\n"),
                        "tcp 0.0.0.0:8080; a connect to 127.0.0.1:8080 was accepted; a connect to [::1]:8080 was refused",
                        EveryFindingTest::healthy),
                row(
                        IPV6_ONLY,
                        in -> listening(in, "ipv6:8080").hosts("::1 localhost\n"),
                        "tcp6 [::]:8080; a connect to 127.0.0.1:8080 was refused; a connect to [::1]:8080 was accepted",
                        EveryFindingTest::healthy),
                row(
                        NOT_LISTENING,
                        in -> listening(in, "dual:8081"),
                        "No TCP socket listens on port 8080. What listens here: tcp6 [::]:8081.",
                        EveryFindingTest::healthy),
                row(
                        TWO_SOCKETS,
                        in -> {
                            Scene scene = listening(in, "ipv6:8080");
                            scene.another("ipv4:8080");
                            return scene;
                        },
                        ", java); tcp6 [::]:8080; a connect to 127.0.0.1:8080 was accepted; a connect to [::1]:8080 was"
                                + " accepted; IPv4 accepted, then not a byte in 150 ms, IPv6 accepted, then closed without a"
                                + " byte",
                        EveryFindingTest::healthy),
                row(
                        ONE_ADDRESS_ONLY,
                        in -> listening(in, "at:8080:" + Scene.IPV4),
                        "tcp6 [::ffff:" + Scene.IPV4 + "]:8080",
                        EveryFindingTest::healthy),
                row(
                        LOCALHOST_HALF_SERVED,
                        in -> listening(in, "ipv4:8080").hosts(LOCALHOST),
                        "localhost is 127.0.0.1, then ::1 here; 127.0.0.1:8080 accepts and [::1]:8080 refuses: tcp"
                                + " 0.0.0.0:8080",
                        in -> healthy(in).hosts(LOCALHOST),
                        IPV4_ONLY),
                row(
                        TARGET_OUT_OF_REACH,
                        in -> healthy(in).listens("ipv4:9090").hosts(peer).flags(connect),
                        "peer.test port 9090: IPv4 127.0.0.1:9090 can be connected to, IPv6 [::1]:9090 Connection refused",
                        in -> healthy(in).listens("dual:9090").hosts(peer).flags(connect)));
    }

    private static Scene ipv6Only(Path directory) throws Exception {
        Scene scene = Scene.wired(directory, List.of(Scene.IPV6 + "/64")).listens("dual:8080");
        scene.here.ip("-6", "route", "add", "default", "via", Scene.ROUTER_IPV6);
        return scene;
    }

    /** As engines from 26 on make it: lo keeps ::1. */
    private static Scene ipv4Only(Path directory) throws Exception {
        Scene scene = Scene.wired(directory, List.of(Scene.IPV4 + "/24")).listens("dual:8080");
        scene.here.sysctl("net.ipv6.conf.eth0.disable_ipv6", "1");
        scene.here.ip("route", "add", "default", "via", Scene.ROUTER_IPV4);
        return scene;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void faultIsFoundAndItsMendingHeard(Row row) throws Exception {
        try (Scene fault = row.fault().in(directory)) {
            Look look = fault.look();

            assertThat(look.of(row.code())).as("all: %s", look).singleElement().satisfies(seen -> {
                assertThat(seen.evidence()).contains(row.evidence());
                assertThat(seen.severity()).isEqualTo(row.code().severity());
            });
            Set<FindingCode> faults = EnumSet.copyOf(row.besides());
            faults.add(row.code());
            look.faults().forEach(code -> assertThat(faults).as("%s", look).contains(code));
        }
        try (Scene mended = row.mended().in(directory)) {
            Look look = mended.look();

            assertThat(look.of(row.code())).as("all: %s", look).isEmpty();
            assertThat(look.faults()).as("all: %s", look).isEmpty();
            assertThat(look.problems()).isEmpty();
        }
    }

    @Test
    void everyCodeHasItsRow() {
        Set<FindingCode> shown = EnumSet.noneOf(FindingCode.class);
        rows().forEach(row -> shown.add(row.code()));
        shown.addAll(ELSEWHERE.keySet());
        assertThat(Arrays.stream(FindingCode.values()).filter(code -> code.id().compareTo("V6-5") < 0))
                .isSubsetOf(shown);
    }
}
