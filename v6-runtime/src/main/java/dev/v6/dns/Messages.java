// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import io.netty.handler.codec.dns.AbstractDnsOptPseudoRrRecord;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DnsQuery;
import io.netty.handler.codec.dns.DnsSection;

/** Puts questions into messages. */
final class Messages {
    /** What passes every link of IPv6 in one piece (RFC 9715, 3). */
    private static final int EDNS_SIZE = 1232;

    private Messages() {}

    static void put(DnsQuery query, Question question) {
        query.setRecursionDesired(true);
        query.addRecord(
                DnsSection.QUESTION, new DefaultDnsQuestion(question.name(), ReplyReader.type(question.family())));
        if (question.edns()) {
            query.addRecord(DnsSection.ADDITIONAL, new Edns());
        }
    }

    private static final class Edns extends AbstractDnsOptPseudoRrRecord {
        Edns() {
            super(EDNS_SIZE, 0, 0);
        }
    }
}
