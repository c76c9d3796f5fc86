// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import java.io.IOException;
import java.net.Socket;

/**
 * A say in who wins. That a connection stands proves little: behind a proxy or a load balancer the service of that
 * family may be dead. What this does with the connection decides instead, for example a TLS handshake.
 *
 * <p>Through an HTTP or SOCKS proxy it is the proxy's addresses that race, never the target's: connect to the proxy's
 * name and, here, ask it for the target by name (CONNECT, RFC 9110, 9.3.6). A proxy that refuses has lost then, and its
 * next address has its turn.
 */
@FunctionalInterface
public interface Validation {

    /**
     * Finds out whether the service answers. It runs on a thread of its own, beside the other attempts, and may block:
     * once another attempt has won or the time is up, its socket is closed.
     *
     * @param connected a connection that stands
     * @return the socket to use: the same, or one around it such as an SSLSocket
     * @throws IOException if this attempt has lost; the next one starts at once
     */
    Socket validate(Socket connected) throws IOException;
}
