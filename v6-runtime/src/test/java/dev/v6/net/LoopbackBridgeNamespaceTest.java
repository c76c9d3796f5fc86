// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.ChildJvm;
import dev.v6.lab.NetNamespace;
import dev.v6.lab.RequiresNamespaces;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A bridge with addresses of both families, called from another network namespace. */
@RequiresNamespaces
@Timeout(120)
class LoopbackBridgeNamespaceTest {
    private static final int PORT = 18081;

    @Test
    void everyAddressOfBothFamiliesLeadsToTheServiceAndItsOwnStaysItsOwn() throws Exception {
        try (NetNamespace here = NetNamespace.create();
                NetNamespace there = wired(here);
                ChildJvm bridging = here.java(Bridging.class.getName())) {
            assertThat(bridging.line())
                    .contains("198.18.91.1:", "[2001:db8:91::1]:", "[::1]:")
                    .doesNotContain("127.0.0.1");

            for (String address : List.of("198.18.91.1", "2001:db8:91::1")) {
                try (ChildJvm calling = there.java(Calling.class.getName(), address, "50")) {
                    assertThat(calling.line()).isEqualTo("50 of 50");
                }
            }
            for (String address : List.of("127.0.0.1", "::1")) {
                try (ChildJvm calling = here.java(Calling.class.getName(), address, "5")) {
                    assertThat(calling.line()).isEqualTo("5 of 5");
                }
            }
        }
    }

    @Test
    void addressesThatComeAndGoAreFollowedWhileOthersAreServed() throws Exception {
        try (NetNamespace here = NetNamespace.create();
                NetNamespace there = wired(here);
                ChildJvm bridging = here.java(Bridging.class.getName())) {
            assertThat(bridging.line()).contains("2001:db8:91::1");
            try (ChildJvm calling = there.java(Calling.class.getName(), "2001:db8:91::1", "2000")) {
                for (int i = 0; i < 3; i++) {
                    here.address("eth0", List.of("2001:db8:91::2/64", "198.18.91.5/24"));
                    await(bridging, true);
                    here.ip("-6", "address", "del", "2001:db8:91::2/64", "dev", "eth0");
                    here.ip("address", "del", "198.18.91.5/24", "dev", "eth0");
                    await(bridging, false);
                }
                assertThat(calling.line()).isEqualTo("2000 of 2000");
            }
        }
    }

    /** Trap 22: preferIPv6Addresses moves what is bound to the loopback address to ::1 alone. */
    @Test
    void aServiceOnIpv6LoopbackAloneIsFoundThere() throws Exception {
        try (NetNamespace here = NetNamespace.create();
                NetNamespace there = wired(here);
                ChildJvm bridging = here.java("-Djava.net.preferIPv6Addresses=true", Bridging.class.getName())) {
            assertThat(bridging.line())
                    .contains("198.18.91.1:", "[2001:db8:91::1]:", "127.0.0.1:")
                    .doesNotContain("[::1]");

            for (String address : List.of("198.18.91.1", "2001:db8:91::1")) {
                try (ChildJvm calling = there.java(Calling.class.getName(), address, "5")) {
                    assertThat(calling.line()).isEqualTo("5 of 5");
                }
            }
        }
    }

    /** Trap 13: an address cannot be bound while duplicate address detection runs. */
    @Test
    void anAddressThatIsTentativeIsListenedOnWhenItIsNoLonger() throws Exception {
        try (NetNamespace here = NetNamespace.create();
                NetNamespace there = wired(here);
                ChildJvm bridging = here.java(Bridging.class.getName())) {
            assertThat(bridging.line()).doesNotContain("2001:db8:91::2]");
            here.ip("-6", "address", "add", "2001:db8:91::2/64", "dev", "eth0");
            here.ip("address", "add", "198.18.91.5/24", "dev", "eth0");
            await(bridging, true);

            try (ChildJvm calling = there.java(Calling.class.getName(), "2001:db8:91::2", "5")) {
                assertThat(calling.line()).isEqualTo("5 of 5");
            }
        }
    }

    @Test
    void aBridgeToIpv6LoopbackInAJvmWithoutIpv6IsFinding101() throws Exception {
        try (NetNamespace here = NetNamespace.create();
                ChildJvm bridging = here.java("-Djava.net.preferIPv4Stack=true", BridgingToIpv6.class.getName())) {
            assertThat(bridging.line()).startsWith("V6-101 ");
        }
    }

    @Test
    void aLossyLinkLosesNoByte() throws Exception {
        try (NetNamespace here = NetNamespace.create();
                NetNamespace there = wired(here);
                ChildJvm bridging = here.java(Bridging.class.getName())) {
            assertThat(bridging.line()).contains("198.18.91.1");
            here.run("nft", "add table inet lossy");
            here.run("nft", "add chain inet lossy input { type filter hook input priority 0 ; }");
            here.run("nft", "add rule inet lossy input iifname eth0 numgen random mod 50 == 0 drop");

            try (ChildJvm calling = there.java(Calling.class.getName(), "198.18.91.1", "20")) {
                assertThat(calling.line()).isEqualTo("20 of 20");
            }
        }
    }

    private static NetNamespace wired(NetNamespace here) throws Exception {
        NetNamespace there = NetNamespace.create();
        here.wire(
                "eth0",
                List.of("198.18.91.1/24", "2001:db8:91::1/64"),
                there,
                "eth0",
                List.of("198.18.91.2/24", "2001:db8:91::f/64"));
        return there;
    }

    /** Until the bridge listens on the addresses that came, or on neither any more. */
    private static void await(ChildJvm bridging, boolean there) throws IOException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (true) {
            bridging.tell("look");
            String listens = bridging.line();
            if (listens.contains("2001:db8:91::2]") == there && listens.contains("198.18.91.5:") == there) {
                return;
            }
            assertThat(System.nanoTime()).as(listens).isLessThan(end);
        }
    }

    static final class Bridging {
        public static void main(String[] args) throws Exception {
            try (Echo echo = new Echo(PORT, InetAddress.getLoopbackAddress());
                    LoopbackBridge bridge = LoopbackBridge.to(echo.port()).open()) {
                do {
                    System.out.println(bridge.listensOn().stream()
                            .map(a -> dev.v6.AddressText.of(a.getAddress(), a.getPort()))
                            .sorted()
                            .toList());
                } while (System.in.read(new byte[100]) > 0);
            }
        }
    }

    static final class BridgingToIpv6 {
        public static void main(String[] args) throws Exception {
            InetSocketAddress service = new InetSocketAddress(InetAddress.getByName("::1"), PORT);
            try (LoopbackBridge bridge = LoopbackBridge.to(service).open()) {
                System.out.println("listens on " + bridge.listensOn());
            } catch (DualStackException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    /** Says how many of so many calls came back as they were sent. */
    static final class Calling {
        public static void main(String[] args) throws Exception {
            InetAddress address = InetAddress.getByName(args[0]);
            int calls = Integer.parseInt(args[1]);
            int well = 0;
            Random random = new Random(3);
            for (int i = 0; i < calls; i++) {
                byte[] bytes = new byte[random.nextInt(20_000)];
                random.nextBytes(bytes);
                try (Socket socket = new Socket(address, PORT)) {
                    socket.getOutputStream().write(bytes);
                    socket.shutdownOutput();
                    well += Arrays.equals(socket.getInputStream().readAllBytes(), bytes) ? 1 : 0;
                }
            }
            System.out.println(well + " of " + calls);
        }
    }
}
