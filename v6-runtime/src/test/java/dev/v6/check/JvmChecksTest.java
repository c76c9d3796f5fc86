// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.FindingCode;
import dev.v6.Severity;
import dev.v6.check.CheckResult.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the flags of a JVM say of the order of families (102) and of how long names are kept (103). */
class JvmChecksTest {
    private static final String PREFER = "java.net.preferIPv6Addresses";
    private static final String NO_IPV4 = "eth0\t000012C6\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n";

    @TempDir
    Path directory;

    private Place place;

    @BeforeEach
    void plant() throws IOException {
        place = Place.withIpv6(directory);
    }

    @Test
    void whereBothFamiliesLeadOutNoOrderHidesAnything() {
        place.insideService();
        assertThat(order().status()).isEqualTo(Status.PASS);

        place.properties.setProperty(PREFER, "true");
        assertThat(order().status()).isEqualTo(Status.PASS);
        assertThat(order().reason()).isEqualTo(PREFER + " is 'true' for this JVM");
    }

    @Test
    void ipv4FirstIsAFaultWhereOnlyIpv6LeadsOut() throws IOException {
        place.insideService().tree.write("net/route", NO_IPV4);
        assertThat(order().reason())
                .isEqualTo(PREFER + " is not set for this JVM, so a name's IPv4 addresses come first, and the only"
                        + " default route here is one of IPv6");

        place.properties.setProperty(PREFER, "system");
        assertThat(order().status()).isEqualTo(Status.PASS);
        place.properties.setProperty(PREFER, "TRUE");
        assertThat(order().status()).isEqualTo(Status.PASS);
    }

    @Test
    void ipv6FirstIsAFaultWhereOnlyIpv4LeadsOut() throws IOException {
        place.insideService().tree.write("net/ipv6_route", "");
        assertThat(order().status()).isEqualTo(Status.PASS);

        place.properties.setProperty(PREFER, "true");
        assertThat(order().status()).isEqualTo(Status.FAIL);
        assertThat(order().reason()).contains("IPv6 addresses come first", "one of IPv4");
    }

    @Test
    void whereNothingLeadsOutNothingIsHidden() throws IOException {
        place.insideService().tree.write("net/route", NO_IPV4).write("net/ipv6_route", "");

        assertThat(order().status()).isEqualTo(Status.PASS);
    }

    /** Trap 22. */
    @Test
    void loopbackThatItMovedIsMentioned() throws IOException {
        place.insideService().ports(5005).tree.listens("tcp6", "::1", 5005);
        assertThat(order().status()).isEqualTo(Status.PASS);

        place.properties.setProperty(PREFER, "system");
        assertThat(order().findings()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.INFO);
            assertThat(finding.evidence())
                    .isEqualTo(PREFER + " is 'system' for this JVM, and port 5005 is on ::1 alone: tcp6 [::1]:5005");
        });
    }

    @Test
    void jvmsBesideAreJudgedByTheirStart() throws IOException {
        place.process(42, List.of("java", "-D" + PREFER + "=true", "Main"), "A=b")
                .process(43, List.of("java", "Main"), "A=b");
        place.tree.write("net/ipv6_route", "");

        assertThat(order().findings()).singleElement().satisfies(finding -> assertThat(finding.evidence())
                .startsWith(PREFER + " is 'true' for process 42 (Main)"));
    }

    @Test
    void namesAreKeptForEverByTheSystemProperty() {
        place.insideService();
        assertThat(cached().status()).isEqualTo(Status.PASS);

        place.properties.setProperty("sun.net.inetaddr.ttl", "-1");
        assertThat(cached().reason())
                .isEqualTo("-Dsun.net.inetaddr.ttl=-1 is set by code or in a way that does not show here for this JVM");
        place.properties.setProperty("sun.net.inetaddr.ttl", "60");
        assertThat(cached().status()).isEqualTo(Status.PASS);
        place.properties.setProperty("sun.net.inetaddr.ttl", "for ever");
        assertThat(cached().status()).isEqualTo(Status.PASS);
    }

    @Test
    void namesAreKeptForEverUnderASecurityManager() {
        place.insideService();
        place.properties.setProperty("java.security.manager", "allow");
        assertThat(cached().status()).isEqualTo(Status.PASS);

        place.properties.setProperty("java.security.manager", "");
        assertThat(cached().reason())
                .isEqualTo(
                        "networkaddress.cache.ttl is not set, and a security manager is, -Djava.security.manager, for"
                                + " this JVM");
    }

    @Test
    void securityFileOfAJvmBesideGoesFirst() throws IOException {
        place.process(42, List.of("java", "-Dsun.net.inetaddr.ttl=30", "Main"), "A=b");
        assertThat(cached().status()).isEqualTo(Status.PASS);

        Path process = place.tree.root().resolve("42");
        Files.createSymbolicLink(process.resolve("exe"), Path.of("/opt/jre/bin/java"));
        place.tree.write("42/root/opt/jre/conf/security/java.security", "#c\nnetworkaddress.cache.ttl=-1\n");
        assertThat(cached().reason())
                .isEqualTo("The security property networkaddress.cache.ttl is -1 for process 42 (Main)");

        place.process(42, List.of("java", "-Djava.security.properties=own.security", "Main"), "A=b");
        place.tree.write("42/cwd/own.security", "networkaddress.cache.ttl=10\n");
        assertThat(cached().status()).isEqualTo(Status.PASS);
    }

    private CheckResult order() {
        return place.result(FindingCode.PREFER_IPV6_ADDRESSES);
    }

    private CheckResult cached() {
        return place.result(FindingCode.DNS_CACHED_FOR_EVER);
    }
}
