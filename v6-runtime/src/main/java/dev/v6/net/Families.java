// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import dev.v6.Family;
import dev.v6.Finding;
import java.util.List;
import java.util.Set;

/**
 * What this JVM can serve in this network namespace. Three facts about IPv6 are told apart, for none follows from
 * another: engines since Docker 26 give every container {@code ::1}, also where its network has no IPv6.
 *
 * @param served the families that a socket bound to the wildcard serves
 * @param ipv6Stack whether this JVM opens IPv6 sockets and the kernel takes them; {@code ::1} may be all there is
 * @param ipv6Address whether there is an address that others can reach: global or unique local
 * @param ipv6Route whether packets for everywhere have a way out
 * @param findings why not more, empty if nothing is missing
 */
public record Families(
        Set<Family> served, boolean ipv6Stack, boolean ipv6Address, boolean ipv6Route, List<Finding> findings) {}
