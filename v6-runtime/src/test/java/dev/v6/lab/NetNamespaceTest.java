// SPDX-License-Identifier: Apache-2.0
package dev.v6.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.ChildJvm;
import java.net.NetworkInterface;
import java.util.List;
import org.junit.jupiter.api.Test;

@RequiresNamespaces
class NetNamespaceTest {

    @Test
    void aJvmInsideSeesTheWireAndNothingElse() throws Exception {
        try (NetNamespace here = NetNamespace.create();
                NetNamespace there = NetNamespace.create()) {
            here.wire("eth0", List.of("198.18.80.1/30", "2001:db8:80::1/64"), there, "eth0", List.of("198.18.80.2/30"));
            try (ChildJvm jvm = here.java(Interfaces.class.getName())) {
                assertThat(jvm.line()).contains("eth0", "198.18.80.1", "2001:db8:80:0:0:0:0:1");
            }
        }
    }

    @Test
    void withoutIpv6NoSocketOfItOpens() throws Exception {
        try (NetNamespace here = NetNamespace.withoutIpv6()) {
            assertThat(here.run("cat", "/proc/net/if_inet6")).isBlank();
        }
    }

    static final class Interfaces {
        public static void main(String[] args) throws Exception {
            System.out.println(NetworkInterface.networkInterfaces()
                    .filter(i -> !i.getName().equals("lo"))
                    .map(i -> i.getName() + i.getInterfaceAddresses())
                    .toList());
        }
    }
}
