// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import dev.v6.Family;
import java.net.InetAddress;
import java.util.Map;
import java.util.Set;

/**
 * Where the service runs, as far as the diagnosis needs to know.
 *
 * @param subject what is verified: an image or a main class
 * @param network the network in words, with its prefixes
 * @param networkFamilies the families that the network gives addresses of
 * @param required the families that must be proven here
 * @param published the families that the engine says it bound each port for on the host
 * @param gateways the addresses that a userland proxy's connections come from
 * @param ipv4Flag the evidence that the service's JVM has IPv6 turned off, and where; empty if it has not
 * @param direct whether probes go straight to the service's socket, with no engine between that could translate them
 * @param hostVantage how the host's vantages were tried, in words; empty where plainly from this process
 */
public record Placement(
        String subject,
        String network,
        Set<Family> networkFamilies,
        Set<Family> required,
        Map<Port, Set<Family>> published,
        Set<InetAddress> gateways,
        String ipv4Flag,
        boolean direct,
        String hostVantage) {}
