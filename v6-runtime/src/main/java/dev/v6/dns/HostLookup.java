// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Who answers the JVM's look-ups in place of its built-in resolver. */
interface HostLookup {

    /** Done when this can answer without waiting for its own start. It never fails. */
    CompletableFuture<Void> ready();

    /**
     * Looks a name up. Before it is ready, it waits until it is.
     *
     * @param host a name, not an address in digits
     * @return its addresses of both families; null where this cannot be told here, so that the built-in resolver is to be
     *     asked
     * @throws UnknownHostException if there is no such name, or it has no address
     */
    @Nullable
    List<InetAddress> lookup(String host) throws UnknownHostException;
}
