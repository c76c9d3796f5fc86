// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import dev.v6.Family;
import java.net.InetSocketAddress;

/**
 * A connection that the witness saw in the service's own network namespace.
 *
 * @param port the service's port
 * @param family the family it arrived in; an IPv4-mapped peer is IPv4
 * @param peer who it came from
 * @param accepted whether the service took it from the listen backlog
 * @param atMillis when it was first seen, milliseconds since the epoch
 */
public record Arrival(int port, Family family, InetSocketAddress peer, boolean accepted, long atMillis) {}
