// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.AddressText;
import dev.v6.Finding;
import dev.v6.Literal;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HostsFileTest {
    private static final Path FILE = Path.of("hosts");

    private static HostsFile parse(String text) {
        return HostsFile.parse(text, FILE);
    }

    private static List<String> text(Collection<InetAddress> addresses) {
        return addresses.stream().map(AddressText::of).toList();
    }

    @Test
    void aNameHasAllItsAddressesWhateverTheCase() {
        HostsFile hosts = parse("198.18.0.2\tWeb.Shop.test web # the shop\n2001:db8::2 web\n198.18.0.2 web\n");
        assertThat(text(hosts.addresses("web"))).containsExactly("198.18.0.2", "2001:db8::2");
        assertThat(text(hosts.addresses("web.shop.test"))).containsExactly("198.18.0.2");
        assertThat(hosts.addresses("shop")).isEmpty();
        assertThat(hosts.findings()).isEmpty();
    }

    @Test
    void anAddressHasItsFirstName() {
        HostsFile hosts = parse("2001:db8::2 web.shop.test web\n2001:db8::2 other\n");
        assertThat(hosts.name(Literal.parse("2001:db8:0::2"))).isEqualTo("web.shop.test");
        assertThat(hosts.name(Literal.parse("2001:db8::3"))).isNull();
    }

    @Test
    void badLinesAreToldAndTheOthersCount() {
        HostsFile hosts = parse("web 198.18.0.2\r\n198.18.0.999 web\r\n#\r\n \r\n198.18.0.3 web\r\n");
        assertThat(text(hosts.addresses("web"))).containsExactly("198.18.0.3");
        assertThat(hosts.findings())
                .extracting(Finding::evidence)
                .containsExactly(
                        "hosts line 1 does not begin with an IP address, so it was left out: 'web 198.18.0.2?'.",
                        "hosts line 2 does not begin with an IP address, so it was left out: '198.18.0.999 web?'.");
    }

    @Test
    void aMissingFileIsAFinding() {
        assertThat(HostsFile.read(Path.of("/nowhere/hosts")).findings())
                .extracting(Finding::evidence)
                .containsExactly("/nowhere/hosts does not exist.");
    }

    @Test
    void localhostAndAllBelowItIsThisMachine() {
        HostsFile none = parse("");
        assertThat(text(LocalNames.addresses("localhost", none, () -> true))).containsExactly("127.0.0.1", "::1");
        assertThat(text(LocalNames.addresses("a.b.localhost", none, () -> true)))
                .containsExactly("127.0.0.1", "::1");
        assertThat(text(LocalNames.addresses("localhost", none, () -> false))).containsExactly("127.0.0.1");
        assertThat(LocalNames.addresses("notlocalhost", none, () -> true)).isEmpty();
        assertThat(LocalNames.addresses("localhost.test", none, () -> true)).isEmpty();
    }

    @Test
    void whatTheFileSaysOfLocalhostCounts() {
        assertThat(text(LocalNames.addresses("localhost", parse("127.0.0.1 localhost"), () -> true)))
                .containsExactly("127.0.0.1");
    }

    @Test
    void manyAddressesOfOneNameAreReadInTime() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 60_000; i++) {
            text.append("2001:db8::").append(Integer.toHexString(i)).append(" x\n");
        }
        assertThat(parse(text.toString()).addresses("x")).hasSize(60_000);
    }

    /** Seeded, so that a failure comes again. */
    @Test
    void whateverTheFileHoldsItIsRead() {
        Random random = new Random(31);
        String[] pieces = {
            "198.18.0.1", "::1", "fe80::1%lo", "web", " ", "\t", "\n", "#", "%", ":", "[", "\u0000", "\u00ff"
        };
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(20); i > 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            assertThat(parse(text.toString()).findings()).as(text.toString()).hasSizeLessThanOrEqualTo(11);
        }
    }
}
