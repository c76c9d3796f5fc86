// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

/**
 * A wire and the servers on it.
 *
 * @param wire the wire
 * @param roster the servers
 */
record Started(Wire wire, Roster roster) {}
