// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import dev.v6.Family;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that a target may have, from this host.
 *
 * @param favourite the address that the caller has chosen among those of the name, if he has
 * @param remembered the address that won last
 */
record Candidates(
        Target target,
        @Nullable InetAddress favourite,
        HostView host,
        @Nullable InetAddress remembered,
        PolicyTable policy) {
    private static final CompletableFuture<List<InetAddress>> NONE = CompletableFuture.completedFuture(List.of());

    /** Those to try before anything is looked up. */
    List<InetAddress> given() {
        InetAddress literal = target.literal();
        if (literal != null) {
            return List.of(literal);
        }
        return favourite == null || (remembered != null && !remembered.equals(favourite))
                ? List.of()
                : List.of(favourite);
    }

    Names.Answers lookup(Names names, Nat64 nat64) {
        InetAddress literal = target.literal();
        if (literal != null) {
            boolean translated = host.ipv6Only() && Family.of(literal) == Family.IPV4;
            return new Names.Answers(translated ? nat64.reach(List.of(literal), host) : NONE, NONE);
        }
        Names.Answers found = names.lookup(target.host());
        Names.Answers reached = host.ipv6Only() ? translated(found, nat64) : found;
        return favourite == null ? reached : withFavourite(reached, favourite);
    }

    /** Also for names that have IPv4 addresses alone, where the network's DNS makes up none (RFC 8305, 7.2). */
    private Names.Answers translated(Names.Answers found, Nat64 nat64) {
        return new Names.Answers(
                found.ipv6().thenCompose(ipv6 -> ipv6.isEmpty() ? translated(found.ipv4(), nat64) : found.ipv6()),
                found.ipv4());
    }

    private CompletableFuture<List<InetAddress>> translated(CompletableFuture<List<InetAddress>> ipv4, Nat64 nat64) {
        return ipv4.thenCompose(addresses -> addresses.isEmpty() ? NONE : nat64.reach(addresses, host));
    }

    /** It counts though DNS may say otherwise, or nothing. */
    private static Names.Answers withFavourite(Names.Answers found, InetAddress favourite) {
        return Family.of(favourite) == Family.IPV6
                ? new Names.Answers(with(favourite, found.ipv6()), found.ipv4())
                : new Names.Answers(found.ipv6(), with(favourite, found.ipv4()));
    }

    private static CompletableFuture<List<InetAddress>> with(
            InetAddress favourite, CompletableFuture<List<InetAddress>> found) {
        return found.handle((addresses, failure) -> {
            List<InetAddress> all = new ArrayList<>(List.of(favourite));
            if (addresses != null) {
                all.addAll(addresses);
            }
            return all;
        });
    }

    /** The best first: what worked last, then the caller's choice, then as RFC 6724 sorts them. */
    List<InetAddress> order(List<InetAddress> found) {
        if (found.size() < 2) {
            return found;
        }
        List<InetAddress> sorted = new ArrayList<>(AddressOrder.sort(found, host.addresses(), policy));
        first(favourite, sorted);
        first(remembered, sorted);
        return sorted;
    }

    private static void first(@Nullable InetAddress address, List<InetAddress> sorted) {
        if (address != null && sorted.remove(address)) {
            sorted.add(0, address);
        }
    }
}
