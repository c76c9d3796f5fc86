// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.FindingCode;
import dev.v6.check.CheckResult.Status;
import dev.v6.proc.ProcFs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stack, address and route are three facts (codes 201, 202, 203), and each is told apart from the others. */
class KernelChecksTest {
    @TempDir
    Path directory;

    @Test
    void allThreeAreThere() throws IOException {
        Place place = Place.withIpv6(directory);

        assertThat(place.result(FindingCode.IPV6_DISABLED).status()).isEqualTo(Status.PASS);
        assertThat(place.result(FindingCode.NO_IPV6_ADDRESS).reason()).isEqualTo("2001:db8::2/64 on eth0");
        assertThat(place.result(FindingCode.NO_IPV6_ROUTE).reason())
                .isEqualTo("The default route leads over 2001:db8::1 on eth0");
    }

    @Test
    void noAddressAtAllIsNoStack() throws IOException {
        Place place = Place.in(directory);
        place.tree.write("sys/net/ipv6/conf/all/disable_ipv6", "1\n");

        assertThat(place.result(FindingCode.IPV6_DISABLED).status()).isEqualTo(Status.FAIL);
        assertThat(place.result(FindingCode.IPV6_DISABLED).reason())
                .isEqualTo("No interface has an IPv6 address, not even ::1 on loopback."
                        + " net.ipv6.conf.all.disable_ipv6 is 1.");
        assertThat(place.result(FindingCode.NO_IPV6_ADDRESS).status()).isEqualTo(Status.SKIPPED);
        assertThat(place.result(FindingCode.NO_IPV6_ROUTE).status()).isEqualTo(Status.SKIPPED);
    }

    @Test
    void kernelWithoutIpv6HasNoTable() throws IOException {
        Place place = Place.in(directory);
        place.tree
                .delete("net/if_inet6")
                .delete("net/ipv6_route")
                .delete("net/tcp6")
                .delete("net/udp6");

        assertThat(place.result(FindingCode.IPV6_DISABLED).status()).isEqualTo(Status.FAIL);
        assertThat(place.result(FindingCode.IPV6_DISABLED).reason()).contains("ipv6.disable=1");
    }

    @Test
    void unreadableTableIsNotTakenForAnEmptyOne() throws IOException {
        Place place = Place.in(directory);
        place.tree.write("net/if_inet6", "what\n");

        assertThat(place.result(FindingCode.IPV6_DISABLED).status()).isEqualTo(Status.UNKNOWN);
        assertThat(place.report().fine()).isFalse();
    }

    /** As on a network without IPv6 of an engine from 26 on: lo keeps ::1, eth0 has IPv6 off. */
    @Test
    void loopbackAloneIsAStackButNoAddress() throws IOException {
        Place place = Place.in(directory);
        place.tree
                .address("::1", 128, 0x10, 0x80, "lo")
                .write("sys/net/ipv6/conf/all/disable_ipv6", "0\n")
                .write("sys/net/ipv6/conf/eth0/disable_ipv6", "1\n")
                .write("sys/net/ipv6/conf/lo/disable_ipv6", "0\n");

        assertThat(place.result(FindingCode.IPV6_DISABLED).status()).isEqualTo(Status.PASS);
        assertThat(place.result(FindingCode.NO_IPV6_ADDRESS).status()).isEqualTo(Status.FAIL);
        assertThat(place.result(FindingCode.NO_IPV6_ADDRESS).reason())
                .isEqualTo("The only IPv6 addresses are ::1/128 on lo; net.ipv6.conf.eth0.disable_ipv6 is 1");
        assertThat(place.result(FindingCode.NO_IPV6_ROUTE).status()).isEqualTo(Status.SKIPPED);
    }

    @Test
    void linkLocalAndDuplicateAddressesDoNotCount() throws IOException {
        Place place = Place.in(directory);
        place.tree
                .address("::1", 128, 0x10, 0x80, "lo")
                .address("fe80::1", 64, 0x20, 0x80, "eth0")
                .address("2001:db8::2", 64, 0, 0x08, "eth0");

        assertThat(place.result(FindingCode.NO_IPV6_ADDRESS).reason())
                .contains("fe80::1/64 on eth0", "2001:db8::2/64 on eth0 (another node has it too)");
    }

    @Test
    void uniqueLocalAddressCounts() throws IOException {
        Place place = Place.in(directory);
        place.tree.address("fd00::2", 64, 0, 0x80, "eth0");

        assertThat(place.result(FindingCode.NO_IPV6_ADDRESS).status()).isEqualTo(Status.PASS);
    }

    @Test
    void addressWithoutARoute() throws IOException {
        Place place = Place.in(directory);
        place.tree
                .address("2001:db8::2", 64, 0, 0x80, "eth0")
                .route("::", 0, "::", "00200200", "lo")
                .route("2001:db8::", 64, "::", "00000001", "eth0");

        assertThat(place.result(FindingCode.NO_IPV6_ROUTE).status()).isEqualTo(Status.FAIL);
        assertThat(place.result(FindingCode.NO_IPV6_ROUTE).reason())
                .isEqualTo("The address 2001:db8::2/64 on eth0 is there, and among 2 IPv6 routes none leads to ::/0");
    }

    @Test
    void withoutProcNothingIsKnown() throws IOException {
        Surroundings here = Place.in(directory).surroundings();
        Path nowhere = directory.resolve("nowhere");
        Surroundings gone = new Surroundings(
                nowhere,
                ProcFs.at(nowhere),
                here.self(),
                false,
                here.properties(),
                here.environment(),
                nowhere.resolve("resolv.conf"),
                List.of(8080));

        List<Check> ofTheKernel = SelfCheck.CHECKS.stream()
                .filter(check -> check.code() != FindingCode.BAD_RESOLVER_FILE
                        && check.code() != FindingCode.DEFAULT_NAMESERVERS)
                .toList();

        Report report = new SelfCheck(gone, ofTheKernel).run();

        assertThat(report.results()).noneMatch(result -> result.status() == Status.PASS);
        assertThat(report.results()).noneMatch(result -> result.status() == Status.FAIL);
        assertThat(report.fine()).isFalse();
        assertThat(report.summary())
                .matches("v6: NOT PROVEN  8080/tcp nobody  0 findings; 9 checks could not tell  \\d+ ms");
        assertThat(report.text())
                .contains("V6-201, V6-202, V6-203, V6-401, V6-402, V6-403, V6-404, V6-406  UNKNOWN")
                .contains("reason: There is no proc file system to read here.")
                .contains("Check that the proc file system is mounted there.");
    }
}
