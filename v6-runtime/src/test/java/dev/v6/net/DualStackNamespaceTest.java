// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.ChildJvm;
import dev.v6.lab.NetNamespace;
import dev.v6.lab.RequiresNamespaces;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The promise of {@link DualStack} in networks of every kind, each told by a JVM inside. */
@RequiresNamespaces
@Timeout(60)
class DualStackNamespaceTest {
    private static final String PORT = "18080";

    @Test
    void aDualStackNetworkHasAll() throws Exception {
        try (NetNamespace here = wired(List.of("198.18.90.1/30", "2001:db8:90::1/64"))) {
            here.ip("-6", "route", "add", "default", "via", "2001:db8:90::2");

            assertThat(families(here)).isEqualTo("[IPv4, IPv6] stack true address true route true []");
            assertThat(strict(here)).isEqualTo("listens");
            assertThat(lenient(here)).isEqualTo("[IPv4, IPv6] []");
        }
    }

    @Test
    void anIpv4OnlyNetworkHasAStackAndNoAddress() throws Exception {
        try (NetNamespace here = wired(List.of("198.18.90.1/30"))) {
            here.sysctl("net.ipv6.conf.eth0.disable_ipv6", "1"); // as engines since 26 do

            assertThat(families(here)).isEqualTo("[IPv4, IPv6] stack true address false route false [V6-202]");
            assertThat(strict(here)).isEqualTo("listens");
        }
    }

    @Test
    void anIpv6OnlyNetworkHasBothFamiliesOnLoopback() throws Exception {
        try (NetNamespace here = wired(List.of("2001:db8:90::1/64"))) {
            assertThat(families(here)).isEqualTo("[IPv4, IPv6] stack true address true route false [V6-203]");
            assertThat(strict(here)).isEqualTo("listens");
        }
    }

    @Test
    void withoutLoopbackIpv6AnAddressOfAnotherInterfaceWillDo() throws Exception {
        try (NetNamespace here = wired(List.of("198.18.90.1/30", "2001:db8:90::1/64"))) {
            here.sysctl("net.ipv6.conf.lo.disable_ipv6", "1");

            assertThat(strict(here)).isEqualTo("listens");
        }
    }

    @Test
    void ipv6DisabledIsFinding201AndLenientServesTheRest() throws Exception {
        try (NetNamespace here = NetNamespace.withoutIpv6()) {
            assertThat(strict(here)).startsWith("V6-201 ").contains("No interface has an IPv6 address");
            assertThat(lenient(here)).isEqualTo("[IPv4] [V6-201]");
            assertThat(families(here)).isEqualTo("[IPv4] stack false address false route false [V6-201]");
        }
    }

    @Test
    void preferIpv4StackIsFinding101WhereverItWasSetInTime() throws Exception {
        try (NetNamespace here = NetNamespace.create()) {
            assertThat(run(here, "-Djava.net.preferIPv4Stack=true", "strict")).startsWith("V6-101 ");
            assertThat(run(here, "-Djava.net.preferIPv4Stack=true", "lenient")).isEqualTo("[IPv4] [V6-101]");
            assertThat(run(here, "-Djava.net.preferIPv4Stack=true", "ipv6-address"))
                    .startsWith("V6-101 ");
            assertThat(run(here, "-Dx=y", "too-late")).isEqualTo("listens");
        }
    }

    /** Trap 22: it moves loopback listeners, and no others. */
    @ParameterizedTest
    @ValueSource(strings = {"true", "system"})
    void preferIpv6AddressesChangesNothingHere(String value) throws Exception {
        try (NetNamespace here = NetNamespace.create()) {
            assertThat(run(here, "-Djava.net.preferIPv6Addresses=" + value, "strict"))
                    .isEqualTo("listens");
            assertThat(run(here, "-Djava.net.preferIPv6Addresses=" + value, "lenient"))
                    .isEqualTo("[IPv4, IPv6] []");
        }
    }

    @Test
    void bindv6onlyDoesNotReachTheJdksSockets() throws Exception {
        try (NetNamespace here = NetNamespace.create()) {
            here.sysctl("net.ipv6.bindv6only", "1");

            assertThat(strict(here)).isEqualTo("listens");
        }
    }

    @Test
    void aJvmThatStartedBeforeTheNetworkCameIsToldToRestart() throws Exception {
        try (NetNamespace here = NetNamespace.withoutIpv6();
                ChildJvm jvm = here.java(Listening.class.getName(), "strict-when-told")) {
            assertThat(jvm.line()).startsWith("V6-201 ");
            here.sysctl("net.ipv6.conf.lo.disable_ipv6", "0");
            jvm.tell("now");

            assertThat(jvm.line()).contains("a JVM looks only once", "::1", "Restart the service");
        }
    }

    @Test
    void theProcessThatTookOneFamilyIsNamed() throws Exception {
        try (NetNamespace here = NetNamespace.create();
                ChildJvm holder = here.java(Holding.class.getName(), PORT)) {
            assertThat(holder.line()).isEqualTo("holds");

            assertThat(strict(here))
                    .contains("V6-409 ", "on IPv4 alone by 0.0.0.0:" + PORT, "(process " + holder.pid() + ", java)");
        }
    }

    @Test
    void lenientServesIpv4WhereIpv6AloneIsTaken() throws Exception {
        try (NetNamespace here = NetNamespace.create();
                ChildJvm holder = here.java(Holding.class.getName(), PORT, "::1")) {
            assertThat(holder.line()).isEqualTo("holds");

            assertThat(lenient(here)).isEqualTo("[IPv4] [V6-409]");
        }
    }

    @Test
    void aLinkLocalAddressIsBoundWithItsZone() throws Exception {
        try (NetNamespace here = wired(List.of("fe80::90/64"))) {
            assertThat(run(here, "-Dx=y", "link-local")).isEqualTo("fe80:0:0:0:0:0:0:90%eth0");
        }
    }

    private static NetNamespace wired(List<String> addresses) throws Exception {
        NetNamespace here = NetNamespace.create();
        here.ip("link", "add", "eth0", "type", "veth", "peer", "name", "eth1");
        here.ip("link", "set", "eth1", "up");
        here.address("eth0", addresses);
        here.ip("link", "set", "eth0", "up");
        return here;
    }

    private static String families(NetNamespace here) throws IOException {
        return run(here, "-Dx=y", "families");
    }

    private static String strict(NetNamespace here) throws IOException {
        return run(here, "-Dx=y", "strict");
    }

    private static String lenient(NetNamespace here) throws IOException {
        return run(here, "-Dx=y", "lenient");
    }

    private static String run(NetNamespace here, String flag, String what) throws IOException {
        try (ChildJvm jvm = here.java(flag, Listening.class.getName(), what)) {
            return jvm.line();
        }
    }

    static final class Listening {
        public static void main(String[] args) throws Exception {
            switch (args[0]) {
                case "families" -> {
                    Families all = DualStack.families();
                    System.out.println(all.served() + " stack " + all.ipv6Stack() + " address " + all.ipv6Address()
                            + " route " + all.ipv6Route() + " "
                            + all.findings().stream().map(f -> f.code().id()).toList());
                }
                case "lenient" -> {
                    Served<ServerSocket> served =
                            DualStack.on(Integer.parseInt(PORT)).lenient().serverSocket();
                    System.out.println(served.families() + " "
                            + served.missing().stream().map(f -> f.code().id()).toList());
                    served.socket().close();
                }
                case "link-local" -> {
                    InetAddress scoped = InetAddress.getByName("fe80::90%eth0");
                    try (ServerSocket server = DualStack.on(0).at(scoped).serverSocket()) {
                        System.out.println(server.getInetAddress().getHostAddress());
                    }
                }
                case "ipv6-address" -> {
                    try (ServerSocket server = DualStack.on(0)
                            .at(InetAddress.getByName("::1"))
                            .serverSocketChannel()
                            .socket()) {
                        System.out.println("listens at " + server.getInetAddress());
                    } catch (DualStackException e) {
                        System.out.println(e.getMessage());
                    }
                }
                case "too-late" -> {
                    InetAddress.getLoopbackAddress();
                    new ServerSocket(0).close();
                    System.setProperty("java.net.preferIPv4Stack", "true");
                    strict();
                }
                case "strict-when-told" -> {
                    strict();
                    System.in.read();
                    strict();
                }
                default -> strict();
            }
        }

        private static void strict() throws IOException {
            try (ServerSocket server = DualStack.on(Integer.parseInt(PORT)).serverSocket()) {
                System.out.println(server.isBound() ? "listens" : "does not");
            } catch (DualStackException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    /** Takes the port for one family, or for one address. */
    static final class Holding {
        public static void main(String[] args) throws Exception {
            int port = Integer.parseInt(args[0]);
            ServerSocketChannel held = args.length > 1
                    ? ServerSocketChannel.open().bind(new InetSocketAddress(args[1], port))
                    : ServerSocketChannel.open(StandardProtocolFamily.INET)
                            .bind(new InetSocketAddress("0.0.0.0", port));
            System.out.println("holds");
            System.in.read();
            held.close();
        }
    }
}
