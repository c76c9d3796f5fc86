// SPDX-License-Identifier: Apache-2.0
package dev.v6.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Ipv6TablesTest {
    private static final String ROUTES = """
            fd000000000000000000000000000000 40 00000000000000000000000000000000 00 00000000000000000000000000000000 00000100 00000001 00000000 00000001     eth0
            00000000000000000000000000000000 00 00000000000000000000000000000000 00 fd000000000000000000000000000001 00000400 00000002 00000000 00000003     eth0
            00000000000000000000000000000001 80 00000000000000000000000000000000 00 00000000000000000000000000000000 00000000 00000003 00000000 80200001       lo
            00000000000000000000000000000000 00 00000000000000000000000000000000 00 00000000000000000000000000000000 ffffffff 00000001 00000000 00200200       lo
            """;

    @TempDir
    Path root;

    private ProcTree tree;

    @BeforeEach
    void plant() throws IOException {
        tree = ProcTree.in(root);
    }

    @Test
    void addressesCarryScopeAndFlags() throws IOException {
        tree.write("net/if_inet6", """
                00000000000000000000000000000001 01 80 10 80       lo
                fd000000000000000000000000000002 04 40 00 82     eth0
                fe8000000000000000fc00fffe000001 04 40 20 80     eth0
                20010db8000000000000000000000002 05 40 00 40 eth0.100
                20010db8000000000000000000000003 05 40 00 a8     eth1
                """);

        Table<InterfaceAddress> table = tree.procFs().addresses();

        assertThat(table.problems()).isEmpty();
        List<InterfaceAddress> rows = table.rows();
        assertThat(rows)
                .map(InterfaceAddress::toString)
                .containsExactly(
                        "::1/128 on lo",
                        "fd00::2/64 on eth0",
                        "fe80::fc:ff:fe00:1/64 on eth0",
                        "2001:db8::2/64 on eth0.100",
                        "2001:db8::3/64 on eth1");
        assertThat(rows).map(InterfaceAddress::global).containsExactly(false, true, false, true, true);
        assertThat(rows).map(InterfaceAddress::uniqueLocal).containsExactly(false, true, false, false, false);
        assertThat(rows).map(InterfaceAddress::tentative).containsExactly(false, false, false, true, false);
        assertThat(rows).map(InterfaceAddress::deprecated).containsExactly(false, false, false, false, true);
        assertThat(rows).map(InterfaceAddress::dadFailed).containsExactly(false, false, false, false, true);
    }

    @Test
    void garbledAddressesAreLeftOut() throws IOException {
        tree.write("net/if_inet6", """
                0000000000000000000000000000001 01 80 10 80       lo
                00000000000000000000000000000001 01 ff 10 80       lo
                00000000000000000000000000000001 01 80 10
                00000000000000000000000000000001 01 80 10 80       lo
                fd00000000000000""");

        Table<InterfaceAddress> table = tree.procFs().addresses();

        assertThat(table.rows()).hasSize(1);
        assertThat(table.problems()).hasSize(4);
        assertThat(table.problems().get(3)).contains("if_inet6 line 5 is cut off");
    }

    @Test
    void missingTableMeansNoIpv6() throws IOException {
        tree.delete("net/if_inet6").delete("net/ipv6_route");

        assertThat(tree.procFs().mounted()).isTrue();
        assertThat(tree.procFs().ipv6InKernel()).isFalse();
        assertThat(tree.procFs().addresses().problems())
                .singleElement()
                .asString()
                .contains("if_inet6 does not exist: IPv6 is not in this kernel");
        assertThat(tree.procFs().routes().problems()).singleElement().asString().contains("ipv6_route does not exist");
    }

    @Test
    void rejectRouteIsNoDefaultRoute() throws IOException {
        tree.write("net/ipv6_route", ROUTES);

        Table<Route6> table = tree.procFs().routes();

        assertThat(table.problems()).isEmpty();
        assertThat(table.rows()).map(Route6::defaultRoute).containsExactly(false, true, false, false);
        assertThat(table.rows().get(1).nextHop().getHostAddress()).isEqualTo("fd00:0:0:0:0:0:0:1");
        assertThat(table.rows()).map(Route6::metric).containsExactly(256L, 1024L, 0L, 4294967295L);
        assertThat(table.rows()).map(Route6::interfaceName).containsExactly("eth0", "eth0", "lo", "lo");
    }

    @Test
    void garbledRoutesAreLeftOut() throws IOException {
        tree.write("net/ipv6_route", ROUTES.replace(" 40 ", " 99 ") + "what\n");

        assertThat(tree.procFs().routes().rows()).hasSize(3);
        assertThat(tree.procFs().routes().problems()).hasSize(2);
    }

    @Test
    void sysctlsHaveValuesWhereThereAreFiles() throws IOException {
        tree.write("sys/net/ipv6/bindv6only", "0\n")
                .write("sys/net/ipv6/conf/all/disable_ipv6", "0\n")
                .write("sys/net/ipv6/conf/all/forwarding", "1\n")
                .write("sys/net/ipv6/conf/default/disable_ipv6", "1\n")
                .write("sys/net/ipv6/conf/lo/disable_ipv6", "0\n")
                .write("sys/net/ipv6/conf/eth0.100/disable_ipv6", "1\n")
                .write("sys/net/ipv6/conf/eth0.100/accept_ra", "2\n")
                .write("sys/net/ipv6/conf/eth1/accept_ra", "what\n");

        Sysctls sysctls = tree.procFs().sysctls();

        assertThat(sysctls.ipv6()).isTrue();
        assertThat(sysctls.bindV6Only()).hasValue(0);
        assertThat(sysctls.forwarding()).hasValue(1);
        assertThat(sysctls.disableIpv6("all")).hasValue(0);
        assertThat(sysctls.disableIpv6("default")).hasValue(1);
        assertThat(sysctls.disableIpv6("eth0.100")).hasValue(1);
        assertThat(sysctls.disableIpv6("eth1")).isEmpty();
        assertThat(sysctls.acceptRa("eth0.100")).hasValue(2);
        assertThat(sysctls.interfaces()).containsExactlyInAnyOrder("eth0.100", "eth1", "lo");
        assertThat(sysctls.problems()).singleElement().asString().contains("eth1/accept_ra holds no number");
    }

    @Test
    void withoutSysctlsThereIsNoIpv6AndNoProblem() {
        Sysctls sysctls = tree.procFs().sysctls();

        assertThat(sysctls.ipv6()).isFalse();
        assertThat(sysctls.interfaces()).isEmpty();
        assertThat(sysctls.bindV6Only()).isEmpty();
        assertThat(sysctls.problems()).isEmpty();
    }
}
