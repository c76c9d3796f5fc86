// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** The PROXY protocol's header, version 2 (HAProxy's proxy-protocol.txt, section 2.2), for a TCP connection. */
final class ProxyHeader {
    /** The largest: 16 bytes and two IPv6 addresses with ports. */
    static final int MOST = 52;

    private static final byte[] SIGNATURE = {13, 10, 13, 10, 0, 13, 10, 'Q', 'U', 'I', 'T', 10};
    private static final byte VERSION_2_PROXY = 0x21;
    private static final byte TCP_OVER_IPV4 = 0x11;
    private static final byte TCP_OVER_IPV6 = 0x21;

    private ProxyHeader() {}

    /** Puts it into a buffer. Both ends are of one family, as those of a connection are. */
    static void put(ByteBuffer buffer, InetSocketAddress client, InetSocketAddress bridge) {
        byte[] source = client.getAddress().getAddress();
        byte[] destination = bridge.getAddress().getAddress();
        buffer.put(SIGNATURE)
                .put(VERSION_2_PROXY)
                .put(source.length == 4 ? TCP_OVER_IPV4 : TCP_OVER_IPV6)
                .putShort((short) (source.length + destination.length + 4))
                .put(source)
                .put(destination)
                .putShort((short) client.getPort())
                .putShort((short) bridge.getPort());
    }
}
