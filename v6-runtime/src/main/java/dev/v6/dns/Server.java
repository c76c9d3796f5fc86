// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import dev.v6.AddressText;
import dev.v6.Literal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringTokenizer;

/**
 * A name server, and how it is known.
 *
 * @param address where it is asked
 * @param port where, usually 53
 * @param origin who named it
 */
public record Server(InetAddress address, int port, Origin origin) {
    private static final int DNS = 53;
    private static final byte[] EMBEDDED = {127, 0, 0, 11};

    /** Who named a server. */
    public enum Origin {
        /** The user, in {@code v6.dns.servers}. */
        USER("v6.dns.servers"),
        /** A line {@code nameserver} of resolv.conf. */
        FILE("resolv.conf"),
        /** The engine, in its comment {@code # ExtServers:} in resolv.conf. */
        ENGINE("ExtServers"),
        /** Nobody needs to: the engine's own server at 127.0.0.11. */
        EMBEDDED("embedded DNS");

        private final String label;

        Origin(String label) {
            this.label = label;
        }

        /** As people read it. */
        @Override
        public String toString() {
            return label;
        }
    }

    static Server of(InetAddress address, Origin origin) {
        boolean embedded = Arrays.equals(address.getAddress(), EMBEDDED);
        return new Server(address, DNS, embedded ? Origin.EMBEDDED : origin);
    }

    /**
     * Reads a list of servers as users write it.
     *
     * @param list addresses apart by commas or blanks, each with a port if it is not 53: {@code 192.0.2.53},
     *     {@code 192.0.2.53:5353}, {@code 2001:db8::53}, {@code [2001:db8::53]:5353}
     * @return the servers in that order
     * @throws IllegalArgumentException if one of them is no address with or without a port
     */
    public static List<Server> parse(String list) {
        List<Server> servers = new ArrayList<>();
        StringTokenizer words = new StringTokenizer(list, ", \t\r\n\f"); // no pattern: this is read before main
        while (words.hasMoreTokens()) {
            servers.add(one(words.nextToken()));
        }
        return servers;
    }

    private static Server one(String word) {
        int colon = word.lastIndexOf(':');
        boolean port = colon > 0 && (word.indexOf(':') == colon || word.charAt(colon - 1) == ']');
        try {
            InetAddress address = Literal.parse(port ? word.substring(0, colon) : word);
            int number = port ? Integer.parseInt(word, colon + 1, word.length(), 10) : DNS;
            if (address != null && number > 0 && number < 1 << 16) {
                return number == DNS ? of(address, Origin.USER) : new Server(address, number, Origin.USER);
            }
        } catch (IllegalArgumentException e) {
            // Said below, with the setting's name.
        }
        throw new IllegalArgumentException("v6.dns.servers names '" + word + "', which is no address of a server. Write"
                + " addresses apart by commas, such as 192.0.2.53 or [2001:db8::53]:5353.");
    }

    boolean embedded() {
        return origin == Origin.EMBEDDED;
    }

    InetSocketAddress socketAddress() {
        return new InetSocketAddress(address, port);
    }

    /** For example {@code 2001:db8::53}, or {@code [2001:db8::53]:5353}. */
    @Override
    public String toString() {
        return port == DNS ? AddressText.of(address) : AddressText.of(address, port);
    }
}
