// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import dev.v6.Finding;
import java.nio.file.Path;
import java.util.List;

/** Asks each server that the settings, resolv.conf and the engine name once, for those who look at a place from beside. */
public final class ServerTrial {
    private ServerTrial() {}

    /**
     * Asks every server for something that it knows by itself, and for the names given, and waits until each has answered
     * or has had its time.
     *
     * @param resolvConf usually /etc/resolv.conf
     * @param names names that may be asked of the servers
     * @return what is wrong with the files and the servers
     * @throws IllegalArgumentException if a setting does not parse
     * @throws java.util.concurrent.CompletionException if the servers cannot be asked, as without a channel
     */
    public static List<Finding> ask(Path resolvConf, List<String> names) {
        if (ResolvConf.read(resolvConf).servers().isEmpty()) {
            return List.of(); // nobody is named, and nobody else is asked
        }
        try (BypassResolver resolver =
                BypassResolver.builder().resolvConf(resolvConf).build()) {
            Started started = resolver.begun().join();
            var unused = resolver.upstreams(); // waits for those that have not answered yet
            FamilyTrial.run(names, started);
            return resolver.ownFindings();
        }
    }
}
