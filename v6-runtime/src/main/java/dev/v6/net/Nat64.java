// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reaches IPv4 from a host that has only IPv6, through the NAT64 of its network: its prefix shows in the addresses that
 * the network's DNS makes up for ipv4only.arpa (RFC 7050). That they are not signed is not checked.
 */
final class Nat64 {
    private static final String IPV4_ONLY = "ipv4only.arpa.";
    private static final Duration KEEP = Duration.ofMinutes(10);
    private static final Duration KEEP_ABSENCE = Duration.ofMinutes(1);

    private final Names names;
    private final LongSupplier clock;

    private volatile @Nullable Known known;

    private record Known(HostView seenFrom, long at, CompletableFuture<List<Nat64Prefix>> prefixes) {}

    Nat64(Names names, LongSupplier clock) {
        this.names = names;
        this.clock = clock;
    }

    /** The IPv6 addresses that stand for these IPv4 ones; none where the network has no NAT64. */
    CompletableFuture<List<InetAddress>> reach(List<InetAddress> ipv4, HostView host) {
        return prefixes(host).thenApply(prefixes -> {
            List<InetAddress> made = new ArrayList<>();
            for (Nat64Prefix prefix : prefixes) {
                for (InetAddress address : ipv4) {
                    if (address instanceof Inet4Address plain && prefix.serves(plain)) {
                        made.add(prefix.embed(plain));
                    }
                }
            }
            return made;
        });
    }

    private CompletableFuture<List<Nat64Prefix>> prefixes(HostView host) {
        Known now = known;
        if (now == null || outdated(now, host)) {
            CompletableFuture<List<Nat64Prefix>> found =
                    names.lookup(IPV4_ONLY).ipv6().handle((addresses, failure) -> prefixes(addresses, failure));
            now = new Known(host, clock.getAsLong(), found);
            known = now;
        }
        return now.prefixes();
    }

    /** That the name has no IPv6 address, which the JDK tells as a failure, means that there is no NAT64. */
    private static List<Nat64Prefix> prefixes(@Nullable List<InetAddress> addresses, @Nullable Throwable failure) {
        if (addresses == null || failure != null) {
            return List.of();
        }
        return addresses.stream()
                .map(Nat64Prefix::of)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    @SuppressWarnings("ReferenceEquality") // LocalAddresses gives the same object while the addresses are the same
    private boolean outdated(Known one, HostView host) {
        boolean found = one.prefixes().isDone() && !one.prefixes().join().isEmpty();
        Duration keep = found ? KEEP : KEEP_ABSENCE;
        return one.seenFrom() != host || clock.getAsLong() - one.at() >= keep.toNanos();
    }
}
