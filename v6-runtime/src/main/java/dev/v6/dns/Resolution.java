// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import dev.v6.Family;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What is known of a name, and how it came to be known.
 *
 * @param name the name as it was asked for, with the domain that it was found in
 * @param ipv6 its IPv6 addresses
 * @param ipv4 its IPv4 addresses
 * @param sources who said so: a server, {@code hosts} or {@code digits}; a family without addresses may have none
 * @param stale whether it is an old answer, as no server answers now (RFC 8767)
 * @param steps every step with its time; none if the answer was known already
 */
public record Resolution(
        String name,
        List<InetAddress> ipv6,
        List<InetAddress> ipv4,
        Map<Family, String> sources,
        boolean stale,
        List<Step> steps) {

    /**
     * Takes copies.
     *
     * @param name see {@link #name()}
     * @param ipv6 see {@link #ipv6()}
     * @param ipv4 see {@link #ipv4()}
     * @param sources see {@link #sources()}
     * @param stale see {@link #stale()}
     * @param steps see {@link #steps()}
     */
    public Resolution {
        ipv6 = List.copyOf(ipv6);
        ipv4 = List.copyOf(ipv4);
        sources = Map.copyOf(sources);
        steps = List.copyOf(steps);
    }

    /** What no server had to say. */
    static Resolution of(String name, List<InetAddress> addresses, String source) {
        List<InetAddress> ipv6 = new ArrayList<>(addresses);
        List<InetAddress> ipv4 = new ArrayList<>(addresses);
        ipv6.removeIf(address -> Family.of(address) == Family.IPV4);
        ipv4.removeIf(address -> Family.of(address) == Family.IPV6);
        Map<Family, String> sources = new EnumMap<>(Family.class);
        for (InetAddress address : addresses) {
            sources.put(Family.of(address), source);
        }
        return new Resolution(name, ipv6, ipv4, sources, false, List.of());
    }

    /**
     * The addresses of one family.
     *
     * @param family which
     * @return none if the name has none, or if nobody could tell
     */
    public List<InetAddress> of(Family family) {
        return family == Family.IPV6 ? ipv6 : ipv4;
    }

    /** Of both families, IPv6 first. */
    List<InetAddress> addresses() {
        List<InetAddress> all = new ArrayList<>(ipv6);
        all.addAll(ipv4);
        return all;
    }
}
