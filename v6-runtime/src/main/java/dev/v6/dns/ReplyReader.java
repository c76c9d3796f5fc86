// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import dev.v6.Family;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes of a message what it says of the question. */
final class ReplyReader {
    private static final int NO_ERROR = 0;
    private static final int FORM_ERR = 1;
    private static final int SERV_FAIL = 2;
    private static final int NX_DOMAIN = 3;
    private static final int NOT_IMP = 4;
    private static final int REFUSED = 5;
    private static final int LONGEST_CHAIN = 16;
    private static final long LONGEST_TTL = Integer.MAX_VALUE; // RFC 2181, 8

    private ReplyReader() {}

    /** Whether a message answers this question and not another. */
    static boolean answers(DnsMessage reply, Question question) {
        if (reply.questions().size() != 1) {
            // Some leave the question out of an error.
            return reply.questions().isEmpty() && reply.code() != NO_ERROR;
        }
        DnsMessage.Entry asked = reply.questions().get(0);
        return asked.type() == DnsMessage.type(question) && asked.name().equals(question.name());
    }

    static Reply read(DnsMessage reply, Question question, Server server) {
        if (reply.code() == NX_DOMAIN) {
            return Reply.negative(Reply.Kind.NO_NAME, server, negativeTtl(reply));
        }
        if (reply.code() != NO_ERROR) {
            return Reply.without(failure(reply.code()), server);
        }
        Answers answers = new Answers(reply, question);
        if (reply.truncated() && !question.tcp()) {
            return new Reply(Reply.Kind.TRUNCATED, server, answers.addresses, answers.ttl, "");
        }
        if (!answers.addresses.isEmpty()) {
            return new Reply(Reply.Kind.ANSWER, server, answers.addresses, answers.ttl, "");
        }
        boolean soa = authority(reply, DnsMessage.SOA) != null;
        if (!answers.owner.equals(question.name()) && !soa) {
            return new Reply(Reply.Kind.ALIAS, server, List.of(), answers.ttl, answers.owner);
        }
        // It neither knows the zone nor asks others: it points to them, or says nothing at all.
        boolean lame =
                !soa && !reply.recursion() && (!reply.authoritative() || authority(reply, DnsMessage.NS) != null);
        return lame
                ? Reply.without(Reply.Kind.LAME, server)
                : Reply.negative(Reply.Kind.NO_DATA, server, negativeTtl(reply));
    }

    private static Reply.Kind failure(int code) {
        return switch (code) {
            case FORM_ERR, NOT_IMP -> Reply.Kind.FORMERR;
            case SERV_FAIL -> Reply.Kind.SERVFAIL;
            case REFUSED -> Reply.Kind.REFUSED;
            default -> Reply.Kind.OTHER;
        };
    }

    /** RFC 2308, section 5: the smaller of the SOA's own TTL and its last field. */
    private static @Nullable Duration negativeTtl(DnsMessage reply) {
        DnsMessage.Entry soa = authority(reply, DnsMessage.SOA);
        if (soa == null || soa.data().remaining() < Integer.BYTES) {
            return null;
        }
        long minimum = soa.data().getInt(soa.data().remaining() - Integer.BYTES) & 0xffffffffL;
        return ttl(Math.min(soa.ttl(), minimum));
    }

    private static DnsMessage.@Nullable Entry authority(DnsMessage reply, int type) {
        for (DnsMessage.Entry entry : reply.authorities()) {
            if (entry.type() == type) {
                return entry;
            }
        }
        return null;
    }

    private static Duration ttl(long seconds) {
        return Duration.ofSeconds(seconds > LONGEST_TTL ? 0 : seconds);
    }

    /** The addresses at the end of the chain of aliases that begins with the question. */
    private static final class Answers {
        private final Map<String, DnsMessage.Entry> aliases = new HashMap<>(4);
        private final List<InetAddress> addresses = new ArrayList<>(4);
        private String owner;
        private @Nullable Duration ttl;

        Answers(DnsMessage reply, Question question) {
            this.owner = question.name();
            for (DnsMessage.Entry entry : reply.answers()) {
                if (entry.type() == DnsMessage.CNAME) {
                    aliases.putIfAbsent(entry.name(), entry);
                }
            }
            for (int i = 0; i < LONGEST_CHAIN; i++) {
                DnsMessage.Entry alias = aliases.get(owner);
                if (alias == null) {
                    break;
                }
                count(alias);
                owner = alias.target();
            }
            for (DnsMessage.Entry entry : reply.answers()) {
                if (entry.type() == DnsMessage.type(question) && entry.name().equals(owner)) {
                    add(entry, question.family());
                }
            }
        }

        private void add(DnsMessage.Entry entry, Family family) {
            byte[] bytes = new byte[family == Family.IPV6 ? 16 : 4];
            if (entry.data().remaining() != bytes.length) {
                return;
            }
            entry.data().get(0, bytes);
            try {
                InetAddress address = InetAddress.getByAddress(bytes);
                // A mapped one in AAAA is IPv4 to the JDK, and of no use as IPv6.
                if (Family.of(address) == family && !addresses.contains(address)) {
                    addresses.add(address);
                    count(entry);
                }
            } catch (UnknownHostException e) {
                throw new IllegalStateException("4 and 16 bytes are always an address.", e);
            }
        }

        private void count(DnsMessage.Entry entry) {
            Duration its = ttl(entry.ttl());
            ttl = ttl == null || its.compareTo(ttl) < 0 ? its : ttl;
        }
    }
}
