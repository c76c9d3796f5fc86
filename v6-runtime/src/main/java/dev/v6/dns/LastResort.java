// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Who looks names up while, and wherever, this resolver cannot: usually the JDK's own resolver. It may take its time. */
@FunctionalInterface
public interface LastResort {

    /**
     * Looks a name up.
     *
     * @param host a name
     * @return at least one address
     * @throws UnknownHostException if it has none
     */
    InetAddress[] lookup(String host) throws UnknownHostException;
}
