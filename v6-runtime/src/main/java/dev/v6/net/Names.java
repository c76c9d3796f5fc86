// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import dev.v6.Family;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Looks names up without making anybody wait. Both families are asked at once, AAAA before A (RFC 8305, section 3), and
 * each answers when it is there.
 */
@FunctionalInterface
public interface Names {

    /**
     * Starts to look a name up.
     *
     * @param host a name, not an address in digits
     * @return what will be known of it
     */
    Answers lookup(String host);

    /**
     * The addresses of each family as they come: empty if the name has none of that family; an
     * {@link UnknownHostException} or another {@link java.io.IOException} if that cannot be told.
     *
     * @param ipv6 the IPv6 addresses
     * @param ipv4 the IPv4 addresses
     */
    record Answers(CompletableFuture<List<InetAddress>> ipv6, CompletableFuture<List<InetAddress>> ipv4) {

        /**
         * Answers that are there already.
         *
         * @param addresses of both families
         * @return the same, each under its family
         */
        public static Answers of(List<InetAddress> addresses) {
            return new Answers(answered(addresses, Family.IPV6), answered(addresses, Family.IPV4));
        }

        private static CompletableFuture<List<InetAddress>> answered(List<InetAddress> addresses, Family family) {
            return CompletableFuture.completedFuture(JdkNames.only(addresses, family));
        }
    }
}
