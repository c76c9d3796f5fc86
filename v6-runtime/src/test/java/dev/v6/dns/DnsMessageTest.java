// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.Family;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DnsMessageTest {
    private static final Question WWW = new Question("www.test", Family.IPV4, false, true);
    private static final Server SERVER = Server.parse("192.0.2.53").get(0);
    private static final String ASKED = "0377777704746573740000010001";

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(hex(hex));
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    @Test
    void aQuestionIsWrittenAsRfc1035HasIt() {
        ByteBuffer written = DnsMessage.question(0xabcd, WWW);

        byte[] all = new byte[written.remaining()];
        written.get(all);
        assertThat(HexFormat.of().formatHex(all))
                .isEqualTo("abcd01000001000000000001" + ASKED + "00002904d0000000000000");
    }

    @Test
    void anAliasWithPointersAndAnAddressAreRead() {
        DnsMessage message = DnsMessage.read(bytes("abcd 8180 0001 0002 0000 0000" + ASKED
                + "c00c 0005 0001 0000003c 0004 0161c010" // www.test CNAME a.test
                + "c026 0001 0001 0000001e 0004 c6120050")); // a.test A 198.18.0.80

        assertThat(message.id()).isEqualTo(0xabcd);
        assertThat(ReplyReader.answers(message, WWW)).isTrue();
        Reply reply = ReplyReader.read(message, WWW, SERVER);
        assertThat(reply.kind()).isEqualTo(Reply.Kind.ANSWER);
        assertThat(reply.addresses()).extracting(Object::toString).containsExactly("/198.18.0.80");
        assertThat(reply.ttl()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void whatIsNotAskedIsNotAnswered() {
        String other = "0377777804746573740000010001";
        DnsMessage message = DnsMessage.read(bytes("abcd 8180 0001 0000 0000 0000" + other));

        assertThat(ReplyReader.answers(message, WWW)).isFalse();
    }

    @Test
    void aDotInALabelIsNoDotBetweenLabels() {
        String dotted = "087777772e746573740000010001";
        DnsMessage message = DnsMessage.read(bytes("abcd 8180 0001 0000 0000 0000" + dotted));

        assertThat(message.questions().get(0).name()).isEqualTo("www\\.test");
        assertThat(ReplyReader.answers(message, WWW)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abcd 8180 0001",
                "abcd 0100 0001 0000 0000 0000" + ASKED, // a question
                "abcd 8180 0001 0001 0000 0000" + ASKED, // an answer that is missing
                "abcd 8180 0001 0000 0000 0000 c00c 0001 0001", // a name that is itself
                "abcd 8180 0001 0000 0000 0000 c0ff 0001 0001",
                "abcd 8180 0001 0000 0000 0000 4041 0001 0001",
                "abcd 8180 0001 0001 0000 0000" + ASKED + "c00c 0001 0001 0000003c ffff c6120050",
            })
    void whatIsCutOffOrPointsForwardIsNoReply(String hex) {
        assertThat(DnsMessage.read(bytes(hex))).isNull();
    }

    @Test
    void whateverBytesComeTheyAreReadInBounds() {
        Random random = new Random(1);
        byte[] answer = hex("abcd 8180 0001 0002 0000 0000" + ASKED
                + "c00c 0005 0001 0000003c 0004 0161c010 c026 0001 0001 0000001e 0004 c6120050");
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = answer.clone();
            for (int j = random.nextInt(4); j >= 0; j--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            DnsMessage message = DnsMessage.read(ByteBuffer.wrap(bytes, 0, random.nextInt(bytes.length + 1)));
            if (message != null) {
                assertThat(ReplyReader.read(message, WWW, SERVER).addresses()).hasSizeLessThan(2);
            }
        }
    }

    @Test
    void manyNamesThatPointAlongAChainTakeNoTime() {
        ByteBuffer hostile = ByteBuffer.allocate(1 << 16);
        hostile.put(bytes("abcd 8180 0000 1000 0000 0000"));
        hostile.put((byte) 0).put((byte) 0);
        while (hostile.position() < 1 << 13) {
            hostile.putShort((short) (0xc000 | (hostile.position() - 2)));
        }
        long began = System.nanoTime();
        assertThat(DnsMessage.read(hostile.rewind())).isNull();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
    }
}
