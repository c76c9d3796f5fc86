// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import dev.v6.Family;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.dns.DefaultDnsRecordDecoder;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes of a message what it says of the question. */
final class ReplyReader {
    private static final int LONGEST_CHAIN = 16;
    private static final long LONGEST_TTL = Integer.MAX_VALUE; // RFC 2181, 8

    private ReplyReader() {}

    static DnsRecordType type(Family family) {
        return family == Family.IPV6 ? DnsRecordType.AAAA : DnsRecordType.A;
    }

    /** Whether a message answers this question and not another. */
    static boolean answers(DnsResponse response, Question question) {
        if (response.count(DnsSection.QUESTION) != 1) {
            // Some leave the question out of an error.
            return response.count(DnsSection.QUESTION) == 0 && !response.code().equals(DnsResponseCode.NOERROR);
        }
        DnsQuestion asked = response.recordAt(DnsSection.QUESTION);
        return asked.type().equals(type(question.family()))
                && name(asked.name()).equals(question.name());
    }

    static Reply read(DnsResponse response, Question question, Server server) {
        DnsResponseCode code = response.code();
        if (code.equals(DnsResponseCode.NXDOMAIN)) {
            return Reply.negative(Reply.Kind.NO_NAME, server, negativeTtl(response));
        }
        if (!code.equals(DnsResponseCode.NOERROR)) {
            return Reply.without(failure(code), server);
        }
        Answers answers = new Answers(response, question);
        if (response.isTruncated() && !question.tcp()) {
            return new Reply(Reply.Kind.TRUNCATED, server, answers.addresses, answers.ttl, "");
        }
        if (!answers.addresses.isEmpty()) {
            return new Reply(Reply.Kind.ANSWER, server, answers.addresses, answers.ttl, "");
        }
        boolean soa = record(response, DnsRecordType.SOA) != null;
        if (!answers.owner.equals(question.name()) && !soa) {
            return new Reply(Reply.Kind.ALIAS, server, List.of(), answers.ttl, answers.owner);
        }
        // It neither knows the zone nor asks others: it points to them, or says nothing at all.
        boolean lame = !soa
                && !response.isRecursionAvailable()
                && (!response.isAuthoritativeAnswer() || record(response, DnsRecordType.NS) != null);
        return lame
                ? Reply.without(Reply.Kind.LAME, server)
                : Reply.negative(Reply.Kind.NO_DATA, server, negativeTtl(response));
    }

    private static Reply.Kind failure(DnsResponseCode code) {
        if (code.equals(DnsResponseCode.SERVFAIL)) {
            return Reply.Kind.SERVFAIL;
        }
        if (code.equals(DnsResponseCode.REFUSED)) {
            return Reply.Kind.REFUSED;
        }
        return code.equals(DnsResponseCode.FORMERR) || code.equals(DnsResponseCode.NOTIMP)
                ? Reply.Kind.FORMERR
                : Reply.Kind.OTHER;
    }

    /** RFC 2308, section 5: the smaller of the SOA's own TTL and its last field. */
    private static @Nullable Duration negativeTtl(DnsResponse response) {
        DnsRecord soa = record(response, DnsRecordType.SOA);
        if (!(soa instanceof DnsRawRecord raw) || raw.content().readableBytes() < Integer.BYTES) {
            return null;
        }
        ByteBuf data = raw.content();
        long minimum = data.getUnsignedInt(data.writerIndex() - Integer.BYTES);
        return ttl(Math.min(soa.timeToLive(), minimum));
    }

    private static @Nullable DnsRecord record(DnsResponse response, DnsRecordType type) {
        for (int i = 0; i < response.count(DnsSection.AUTHORITY); i++) {
            DnsRecord record = response.recordAt(DnsSection.AUTHORITY, i);
            if (record.type().equals(type)) {
                return record;
            }
        }
        return null;
    }

    private static Duration ttl(long seconds) {
        return Duration.ofSeconds(seconds > LONGEST_TTL ? 0 : seconds);
    }

    private static String name(String name) {
        String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        return bare.toLowerCase(Locale.ROOT);
    }

    /** The addresses at the end of the chain of aliases that begins with the question. */
    private static final class Answers {
        private final Map<String, DnsRecord> aliases = new HashMap<>(4);
        private final List<InetAddress> addresses = new ArrayList<>(4);
        private String owner;
        private @Nullable Duration ttl;

        Answers(DnsResponse response, Question question) {
            this.owner = question.name();
            int count = response.count(DnsSection.ANSWER);
            for (int i = 0; i < count; i++) {
                DnsRecord record = response.recordAt(DnsSection.ANSWER, i);
                if (record.type().equals(DnsRecordType.CNAME)) {
                    aliases.putIfAbsent(name(record.name()), record);
                }
            }
            for (int i = 0; i < LONGEST_CHAIN && aliases.get(owner) instanceof DnsRawRecord alias; i++) {
                count(alias);
                owner = name(DefaultDnsRecordDecoder.decodeName(alias.content().duplicate()));
            }
            for (int i = 0; i < count; i++) {
                DnsRecord record = response.recordAt(DnsSection.ANSWER, i);
                if (record.type().equals(type(question.family()))
                        && record instanceof DnsRawRecord raw
                        && name(record.name()).equals(owner)) {
                    add(raw, question.family());
                }
            }
        }

        private void add(DnsRawRecord record, Family family) {
            byte[] bytes = ByteBufUtil.getBytes(record.content());
            if (bytes.length != (family == Family.IPV6 ? 16 : 4)) {
                return;
            }
            try {
                InetAddress address = InetAddress.getByAddress(bytes);
                // A mapped one in AAAA is IPv4 to the JDK, and of no use as IPv6.
                if (Family.of(address) == family && !addresses.contains(address)) {
                    addresses.add(address);
                    count(record);
                }
            } catch (UnknownHostException e) {
                throw new IllegalStateException("4 and 16 bytes are always an address.", e);
            }
        }

        private void count(DnsRecord record) {
            Duration its = ttl(record.timeToLive());
            ttl = ttl == null || its.compareTo(ttl) < 0 ? its : ttl;
        }
    }
}
