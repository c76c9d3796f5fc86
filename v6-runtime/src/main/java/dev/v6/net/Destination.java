// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import dev.v6.Family;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** A destination with all that the rules of RFC 6724, section 6, ask of it. */
record Destination(
        InetAddress address,
        boolean usable,
        boolean scopeMatches,
        boolean deprecated,
        boolean labelMatches,
        int precedence,
        int scope,
        int commonPrefix) {

    static Destination of(InetAddress address, @Nullable LocalAddress source, PolicyTable policy) {
        int scope = policy.scope(address);
        int precedence = policy.precedence(address);
        if (source == null) {
            return new Destination(address, false, false, false, false, precedence, scope, 0);
        }
        InetAddress from = source.address();
        return new Destination(
                address,
                true,
                scope == policy.scope(from),
                source.deprecated(),
                policy.label(address) == policy.label(from),
                precedence,
                scope,
                prefixThatCounts(source, address));
    }

    /**
     * IPv4 prefixes say nothing of nearness beyond the subnet, and to sort by them would undo the turns in which DNS
     * hands out a name's addresses.
     */
    private static int prefixThatCounts(LocalAddress source, InetAddress address) {
        return Family.of(address) == Family.IPV6 || Source.onLink(source, address)
                ? Source.commonPrefix(source, address)
                : 0;
    }

    boolean before(Destination other) {
        // Rule 1: avoid unusable destinations.
        if (usable != other.usable) {
            return usable;
        }
        // Rule 2: prefer matching scope.
        if (scopeMatches != other.scopeMatches) {
            return scopeMatches;
        }
        // Rule 3: avoid deprecated addresses.
        if (deprecated != other.deprecated) {
            return other.deprecated;
        }
        // Rule 5: prefer matching label.
        if (labelMatches != other.labelMatches) {
            return labelMatches;
        }
        // Rule 6: prefer higher precedence.
        if (precedence != other.precedence) {
            return precedence > other.precedence;
        }
        // Rule 8: prefer smaller scope.
        if (scope != other.scope) {
            return scope < other.scope;
        }
        // Rule 9: use longest matching prefix.
        return Family.of(address) == Family.of(other.address) && commonPrefix > other.commonPrefix;
    }
}
