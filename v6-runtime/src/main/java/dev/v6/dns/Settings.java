// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a resolver is made with.
 *
 * @param servers whom to ask instead of those that the files name; none for those
 * @param domains what belongs to the embedded DNS besides names without a dot
 * @param timeout for one look-up; null for resolv.conf's timeout times its attempts
 * @param staleFor how long an old answer serves when no server answers
 * @param cacheSize names kept at most
 * @param lastResort who looks up while this resolver cannot; null for nobody
 * @param resolvConf the file
 * @param hosts the file
 */
record Settings(
        List<Server> servers,
        List<String> domains,
        @Nullable Duration timeout,
        Duration staleFor,
        int cacheSize,
        @Nullable LastResort lastResort,
        Path resolvConf,
        Path hosts) {

    Settings {
        servers = List.copyOf(servers);
        domains = List.copyOf(domains);
    }
}
