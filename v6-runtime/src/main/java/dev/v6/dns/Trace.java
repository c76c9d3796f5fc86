// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import dev.v6.Finding;
import java.time.Duration;
import java.util.List;

/**
 * Everything about one look-up.
 *
 * @param servers who can be asked: the upstreams in their order, then the embedded DNS
 * @param resolution the addresses, none if there are none, and the steps
 * @param why why there are none; empty if there are
 * @param took from the question to its end
 * @param findings what is wrong with the files and the servers
 */
public record Trace(List<Server> servers, Resolution resolution, String why, Duration took, List<Finding> findings) {
    /**
     * Takes copies.
     *
     * @param servers see {@link #servers()}
     * @param resolution see {@link #resolution()}
     * @param why see {@link #why()}
     * @param took see {@link #took()}
     * @param findings see {@link #findings()}
     */
    public Trace {
        servers = List.copyOf(servers);
        findings = List.copyOf(findings);
    }
}
