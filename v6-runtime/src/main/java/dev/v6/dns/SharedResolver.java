// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one resolver of this JVM, started when it is first needed, whichever ways lead to it. */
final class SharedResolver {
    private static @Nullable BypassResolver running;

    private SharedResolver() {}

    static synchronized BypassResolver of(List<Server> servers, Path resolvConf) {
        BypassResolver now = running;
        if (now == null) {
            now = BypassResolver.builder(servers).resolvConf(resolvConf).build();
            running = now;
        }
        return now;
    }
}
