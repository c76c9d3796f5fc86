// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import dev.v6.proc.Problems;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What counts beside resolv.conf.
 *
 * @param hostName this machine's name, whose domain is searched if nothing else is said; empty if unknown
 * @param localDomain the variable LOCALDOMAIN, which stands for {@code search} and {@code domain}
 * @param resOptions the variable RES_OPTIONS, which comes after {@code options}
 */
record ResolvEnvironment(
        String hostName,
        @Nullable String localDomain,
        @Nullable String resOptions) {
    static final ResolvEnvironment BARE = new ResolvEnvironment("", null, null);

    static ResolvEnvironment here() {
        // Not InetAddress.getLocalHost: that looks a name up.
        String hostName = TextFile.read(Path.of("/proc/sys/kernel/hostname"), new Problems());
        return new ResolvEnvironment(hostName.strip(), System.getenv("LOCALDOMAIN"), System.getenv("RES_OPTIONS"));
    }
}
