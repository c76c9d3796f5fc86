// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.v6.Family;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * What others write and v6 reads. An ordinary build runs what lies beside it in the resources; {@code .ci/fuzz} looks for
 * more.
 */
class ParserFuzzTest {
    private static final Path FILE = Path.of("/etc/resolv.conf");

    @FuzzTest(maxDuration = "15s")
    void resolvConf(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        ResolvConf conf = ResolvConf.parse(text, FILE, ResolvEnvironment.BARE);

        assertThat(conf.servers()).hasSizeLessThanOrEqualTo(3);
        assertThat(conf.options().ndots()).isBetween(0, 15);
        assertThat(conf.options().timeout().toSeconds()).isBetween(1L, 30L);
        assertThat(conf.options().attempts()).isBetween(1, 5);
        assertThat(conf.findings()).hasSizeLessThanOrEqualTo(13).allSatisfy(finding -> assertThat(finding.evidence())
                .matches("[\\x20-\\x7e]+\\."));
        assertThat(ResolvConf.parse(text, FILE, ResolvEnvironment.BARE)).isEqualTo(conf);
        for (String candidate : SearchList.candidates("db", conf)) {
            assertThat(candidate).hasSizeLessThanOrEqualTo(253);
        }
    }

    @FuzzTest(maxDuration = "15s")
    void hosts(byte[] bytes) {
        HostsFile hosts = HostsFile.parse(new String(bytes, StandardCharsets.ISO_8859_1), Path.of("/etc/hosts"));

        assertThat(hosts.findings()).hasSizeLessThanOrEqualTo(13);
        assertThat(LocalNames.addresses("localhost", hosts, () -> true)).isNotEmpty();
    }

    @FuzzTest(maxDuration = "15s")
    void namesAndServers(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        try {
            String name = DnsName.normal(text);
            assertThat(name).isNotEmpty().hasSizeLessThanOrEqualTo(254);
            assertThat(DnsName.normal(name)).isEqualTo(name);
        } catch (UnknownHostException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
        try {
            List<Server> servers = Server.parse(text);
            for (Server server : servers) {
                assertThat(Server.parse(server.toString())).containsExactly(server);
            }
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).startsWith("v6.dns.servers names '");
        }
    }

    @FuzzTest(maxDuration = "15s")
    void reply(byte[] bytes) {
        DnsMessage message = DnsMessage.read(ByteBuffer.wrap(bytes));
        if (message != null) {
            Server server = Server.parse("192.0.2.53").get(0);
            for (Family family : Family.values()) {
                Question question = new Question("www.test", family, false, true);
                Reply reply = ReplyReader.read(message, question, server);
                assertThat(reply.addresses()).allMatch(address -> Family.of(address) == family);
                assertThat(ReplyReader.answers(message, question)).isIn(true, false);
            }
        }
    }
}
