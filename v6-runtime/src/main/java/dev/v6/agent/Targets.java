// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import dev.v6.Family;
import dev.v6.Literal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to connect to.
 *
 * @param sockets every address with every port
 * @param name the name that the addresses belong to, or null if they were given in digits
 * @param missing the families that the name has no address of
 */
record Targets(List<InetSocketAddress> sockets, @Nullable String name, List<Family> missing) {

    /**
     * Reads {@code HOST PORT...}; a name gives all its addresses.
     *
     * @throws UsageException if that is not what the words are
     * @throws UnknownHostException if the name has no address at all
     */
    static Targets ofHost(List<String> words) throws UsageException, UnknownHostException {
        if (words.size() < 2) {
            throw new UsageException(
                    "A host and at least one port are needed. Write for example: probe localhost 8080.");
        }
        List<Integer> ports = new ArrayList<>();
        for (String word : words.subList(1, words.size())) {
            ports.add(Arguments.port(word));
        }
        String host = words.get(0);
        InetAddress literal = literal(host);
        InetAddress[] addresses = literal == null ? InetAddress.getAllByName(host) : new InetAddress[] {literal};
        List<InetSocketAddress> sockets = new ArrayList<>();
        List<Family> missing = new ArrayList<>(List.of(Family.IPV4, Family.IPV6));
        for (InetAddress address : addresses) {
            missing.remove(Family.of(address));
            for (int port : ports) {
                sockets.add(new InetSocketAddress(address, port));
            }
        }
        return literal == null ? new Targets(sockets, host, missing) : new Targets(sockets, null, List.of());
    }

    /**
     * Reads {@code ADDRESS:PORT}, IPv6 in brackets.
     *
     * @throws UsageException if one of them is not that
     */
    static Targets ofLiterals(List<String> texts) throws UsageException {
        List<InetSocketAddress> sockets = new ArrayList<>();
        for (String text : texts) {
            int colon = text.lastIndexOf(':');
            String host = colon < 0 ? text : text.substring(0, colon);
            boolean unbracketed = host.indexOf(':') >= 0 && !host.startsWith("[");
            InetAddress address = colon < 0 || unbracketed ? null : literal(host);
            if (address == null) {
                throw new UsageException("--target must be an address and a port, but is '" + text
                        + "'. Write for example 192.0.2.1:8080 or [2001:db8::1]:8080.");
            }
            sockets.add(new InetSocketAddress(address, Arguments.port(text.substring(colon + 1))));
        }
        return new Targets(sockets, null, List.of());
    }

    private static @Nullable InetAddress literal(String text) throws UsageException {
        try {
            return Literal.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }
}
