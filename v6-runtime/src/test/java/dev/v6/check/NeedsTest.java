// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.Finding;
import dev.v6.FindingCode;
import dev.v6.Severity;
import dev.v6.check.CheckResult.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NeedsTest {
    @TempDir
    Path directory;

    @Test
    void wordsAreApartByCommasAndBlanks() {
        Needs needs =
                Needs.parse(" db.example.com, queue\tqueue ", "db.example.com:5432,[2001:db8::1]:80 192.0.2.1:81");

        assertThat(needs.names()).containsExactly("db.example.com", "queue");
        assertThat(needs.targets())
                .map(Object::toString)
                .containsExactly("db.example.com port 5432", "[2001:db8::1]:80", "192.0.2.1:81");
        assertThat(needs.complaints()).isEmpty();
    }

    @Test
    void whatIsNoNameIsSaidAndTheOthersCount() {
        Needs needs = Needs.parse("http://db.example.com/,2001:db8::1,queue", "");

        assertThat(needs.names()).containsExactly("queue");
        assertThat(needs.complaints())
                .containsExactly(
                        "v6.check.resolve has 'http://db.example.com/', which is no host name. Write names apart by commas,"
                                + " such as db.example.com, queue.",
                        "v6.check.resolve has '2001:db8::1', an address, which needs no look-up. Name it with a port in"
                                + " v6.check.connect to have it connected to.");
    }

    @Test
    void whatIsNoTargetIsSaidAndTheOthersCount() {
        Needs needs = Needs.parse("", "db.example.com,2001:db8::1:80,db:70000,db:x,db:80");

        assertThat(needs.targets()).singleElement().hasToString("db port 80");
        assertThat(needs.complaints())
                .hasSize(4)
                .allMatch(sentence -> sentence.startsWith("v6.check.connect: "))
                .anyMatch(
                        sentence -> sentence.contains("'db.example.com' must be a host and a port. Write for example"))
                .anyMatch(sentence -> sentence.contains("from 1 to 65535, but is 70000"))
                .anyMatch(sentence -> sentence.contains("but is 'x'"));
    }

    @Test
    void complaintsAreInTheReport() throws IOException {
        assertThat(Place.withIpv6(directory).needs("a b:c", "").report().problems())
                .containsExactly(
                        "v6.check.resolve has 'b:c', which is no host name. Write names apart by commas, such as"
                                + " db.example.com, queue.");
    }

    @Test
    void nothingIsAskedWhereNothingIsNamed() throws IOException {
        Place place = Place.withIpv6(directory);

        assertThat(place.result(FindingCode.NAME_LACKS_FAMILY).status()).isEqualTo(Status.SKIPPED);
        assertThat(place.result(FindingCode.TARGET_OUT_OF_REACH).reason())
                .isEqualTo("v6.check.connect names nothing to connect to.");
    }

    @Test
    void nameWithoutAnyAddressIsAnError() throws IOException {
        CheckResult result = Place.withIpv6(directory).needs("db", "").result(FindingCode.NAME_LACKS_FAMILY);

        assertThat(result.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            assertThat(finding.evidence()).isEqualTo("'db' has no address: db: Name or service not known");
            assertThat(finding.remedy()).contains("resolve db");
        });
    }

    @Test
    void nameOfBothFamiliesIsFine() throws IOException {
        Place place = Place.withIpv6(directory).needs("db", "");
        place.dns.knows("db", "192.0.2.1", "2001:db8::1");

        assertThat(place.result(FindingCode.NAME_LACKS_FAMILY).reason()).isEqualTo("db is 192.0.2.1, 2001:db8::1");
    }

    @Test
    void missingIpv4IsToldAsWell() throws IOException {
        Place place = Place.withIpv6(directory).needs("db", "");
        place.dns.knows("db", "2001:db8::1");

        assertThat(place.result(FindingCode.NAME_LACKS_FAMILY).reason())
                .isEqualTo("'db' has 2001:db8::1 and no IPv4 address");
    }

    @Test
    void missingIpv6IsNoNewsToAJvmThatDoesNotAskForIt() throws IOException {
        Place place = Place.withIpv6(directory).insideService().needs("db", "");
        place.dns.knows("db", "192.0.2.1");
        place.properties.setProperty("java.net.preferIPv4Stack", "true");

        assertThat(place.result(FindingCode.NAME_LACKS_FAMILY).status()).isEqualTo(Status.PASS);
    }

    @Test
    void targetIsTriedOverEachFamilyThatItHas() throws IOException {
        try (ServerSocket ipv4 = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            int port = ipv4.getLocalPort();
            Place place = Place.withIpv6(directory).needs("", "db:" + port + ",127.0.0.1:" + port);
            place.dns.knows("db", "127.0.0.1", "::1");

            CheckResult result = place.result(FindingCode.TARGET_OUT_OF_REACH);
            assertThat(result.findings()).singleElement().satisfies(finding -> {
                assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                assertThat(finding.evidence())
                        .isEqualTo("db port " + port + ": IPv4 127.0.0.1:" + port + " can be connected to, IPv6 [::1]:"
                                + port + " Connection refused ([::1]:" + port + ")");
            });
        }
    }

    @Test
    void targetWithoutAddressOrAnswerIsAnError() throws IOException {
        CheckResult result =
                Place.withIpv6(directory).needs("", "db:80,[::1]:1").result(FindingCode.TARGET_OUT_OF_REACH);

        assertThat(result.findings()).hasSize(2).allMatch(finding -> finding.severity() == Severity.ERROR);
        assertThat(result.reason()).startsWith("db port 80 has no address");
    }

    @Test
    void acceptedThenClosedIsNotReached() throws IOException {
        try (ServerSocket proxy = new ServerSocket(0)) {
            Thread closing = new Thread(() -> {
                try {
                    proxy.accept().close();
                } catch (IOException e) {
                    // the test is over
                }
            });
            closing.start();
            Place place = Place.withIpv6(directory).needs("", "127.0.0.1:" + proxy.getLocalPort());

            assertThat(place.result(FindingCode.TARGET_OUT_OF_REACH).reason())
                    .endsWith("accepted, then closed without a byte");
        }
    }

    @Test
    void lookupThatBreaksIsAnAnswerToo() {
        Dns broken = new Dns() {
            @Override
            public InetAddress[] addresses(String name) {
                throw new SecurityException("access denied");
            }

            @Override
            public List<Finding> findings(Path resolvConf, List<String> names) {
                return List.of();
            }
        };

        assertThat(Lookups.of(List.of("db"), broken))
                .containsEntry(
                        "db",
                        new Lookups.Answer(List.of(), "the look-up broke: java.lang.SecurityException: access denied"));
    }

    @Test
    void listsAreRead() {
        assertThat(List.of(Needs.parse("", ""), Needs.parse(" , ", ",,"))).containsOnly(Needs.NONE);
    }
}
