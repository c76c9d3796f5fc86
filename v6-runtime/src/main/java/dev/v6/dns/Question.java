// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import dev.v6.Family;

/**
 * What a server is asked.
 *
 * @param name in lower case, without a dot at its end
 * @param family whose addresses: A or AAAA
 * @param tcp whether by TCP: for answers that a datagram does not hold
 * @param edns whether with EDNS (RFC 6891), which some servers refuse
 */
record Question(String name, Family family, boolean tcp, boolean edns) {

    String type() {
        return family == Family.IPV6 ? "AAAA" : "A";
    }

    Question of(String other) {
        return new Question(other, family, tcp, edns);
    }

    Question byTcp() {
        return new Question(name, family, true, edns);
    }

    Question withoutEdns() {
        return new Question(name, family, tcp, false);
    }
}
