// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import java.net.Socket;
import java.nio.channels.SocketChannel;

/**
 * A connection that won.
 *
 * @param channel the TCP connection, in blocking mode
 * @param socket what to use: that of the channel, or what a validation made of it
 */
record Connected(SocketChannel channel, Socket socket) {}
