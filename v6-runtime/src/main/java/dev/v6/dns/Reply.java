// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of asking one server once.
 *
 * @param kind what it said, or how it did not
 * @param server which
 * @param addresses the addresses, if it has any
 * @param ttl how long that holds; null if it says nothing of that
 * @param alias the name to ask instead, where the server has not asked it itself
 */
record Reply(
        Kind kind,
        Server server,
        List<InetAddress> addresses,
        @Nullable Duration ttl,
        String alias) {

    /** What a server can say, and how it can fail to. */
    enum Kind {
        /** Addresses. */
        ANSWER("answers"),
        /** The name is there, without addresses of this family. */
        NO_DATA("has none of this family"),
        /** NXDOMAIN. */
        NO_NAME("knows no such name"),
        /** The name is another's alias, and the server says no more. */
        ALIAS("names an alias"),
        /** The answer did not fit into a datagram. */
        TRUNCATED("answers with more than a datagram holds"),
        /** The server does not understand; of old ones, EDNS. */
        FORMERR("does not understand the question"),
        /** The server could not find out. */
        SERVFAIL("fails (SERVFAIL)"),
        /** The server does not want to. */
        REFUSED("refuses"),
        /** The server is neither the zone's nor asks others, so that its empty answer means nothing. */
        LAME("knows nothing of the zone and asks nobody"),
        /** Any other code. */
        OTHER("answers with an error"),
        /** Nothing came. */
        SILENT("does not answer"),
        /** Nobody listens there, says its host. */
        CLOSED("is not running"),
        /** This namespace has no way to it. */
        NO_ROUTE("cannot be reached: no route");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** Whether this settles what the server knows. */
        boolean settles() {
            return this == ANSWER || negative();
        }

        boolean negative() {
            return this == NO_DATA || this == NO_NAME;
        }

        /** Whether the server said anything at all. */
        boolean heard() {
            return this != SILENT && this != CLOSED && this != NO_ROUTE;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** Takes a copy of the addresses. */
    Reply {
        addresses = List.copyOf(addresses);
    }

    static Reply without(Kind kind, Server server) {
        return new Reply(kind, server, List.of(), null, "");
    }

    static Reply negative(Kind kind, Server server, @Nullable Duration ttl) {
        return new Reply(kind, server, List.of(), ttl, "");
    }

    boolean answer() {
        return kind == Kind.ANSWER;
    }

    /** The reply that says more about a name. */
    static Reply better(Reply a, Reply b) {
        return rank(b) > rank(a) ? b : a;
    }

    private static int rank(Reply reply) {
        return switch (reply.kind) {
            case ANSWER -> 5;
            case NO_DATA -> 4;
            case NO_NAME -> 3;
            case SERVFAIL -> 2;
            case SILENT, CLOSED, NO_ROUTE -> 0;
            default -> 1;
        };
    }
}
