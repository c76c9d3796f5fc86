// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import dev.v6.Family;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One client's connection and the one to the service that belongs to it. */
final class BridgeConnection {
    private final SocketChannel client;
    private final SocketChannel service;
    private final SelectionKey clientKey;
    private final SelectionKey serviceKey;
    private final BridgeFlow up;
    private final BridgeFlow down;
    private final BridgeBuffers buffers;
    private final boolean proxyHeader;

    private boolean begun;
    private long active = System.nanoTime();

    /**
     * Dials the service for a client that was accepted.
     *
     * @throws IOException if the service refuses at once; the client is the caller's still
     */
    BridgeConnection(
            SocketChannel client,
            InetSocketAddress target,
            boolean proxyHeader,
            Selector selector,
            BridgeBuffers buffers)
            throws IOException {
        this.client = client;
        this.buffers = buffers;
        this.proxyHeader = proxyHeader;
        this.service = SocketChannel.open(
                Family.of(target.getAddress()) == Family.IPV4
                        ? StandardProtocolFamily.INET
                        : StandardProtocolFamily.INET6);
        boolean ready;
        try {
            client.setOption(StandardSocketOptions.TCP_NODELAY, true).configureBlocking(false);
            service.setOption(StandardSocketOptions.TCP_NODELAY, true).configureBlocking(false);
            // Over loopback the service's kernel side answers within the call, though connect does not look.
            ready = service.connect(target) || service.finishConnect();
            this.clientKey = client.register(selector, 0, this);
            this.serviceKey = service.register(selector, ready ? 0 : SelectionKey.OP_CONNECT, this);
        } catch (IOException e) {
            service.close();
            throw e;
        }
        this.up = new BridgeFlow(clientKey, serviceKey, buffers);
        this.down = new BridgeFlow(serviceKey, clientKey, buffers);
        if (ready) {
            begin();
        }
    }

    private void begin() throws IOException {
        begun = true;
        serviceKey.interestOps(SelectionKey.OP_READ);
        clientKey.interestOps(SelectionKey.OP_READ);
        if (proxyHeader) {
            ByteBuffer header = buffers.take();
            ProxyHeader.put(header, (InetSocketAddress) client.getRemoteAddress(), (InetSocketAddress)
                    client.getLocalAddress());
            up.begin(header.flip());
        }
    }

    /** Does what a key of this connection is ready for; returns false when the connection is over. */
    boolean ready(SelectionKey key) throws IOException {
        active = System.nanoTime();
        if (key.isConnectable()) {
            service.finishConnect();
            begin();
            return true;
        }
        BridgeFlow out = key == clientKey ? up : down;
        BridgeFlow in = key == clientKey ? down : up;
        if (key.isReadable() && out.readable()) {
            end(out, in);
        }
        if (key.isWritable() && in.writable()) {
            end(in, out);
        }
        return !(up.ended() && down.ended());
    }

    private static void end(BridgeFlow flow, BridgeFlow other) throws IOException {
        if (!other.ended()) {
            flow.endSink();
        }
    }

    boolean dialling() {
        return !begun;
    }

    boolean idleSince(long nanos) {
        return active - nanos < 0;
    }

    /** Both ends have said all. */
    void close() {
        up.release();
        down.release();
        closeQuietly(client);
        closeQuietly(service);
    }

    /** An end broke off, so the other must not take what it has for the whole. */
    void reset() {
        reset(client);
        reset(service);
        close();
    }

    static void reset(SocketChannel channel) {
        try {
            if (channel.isOpen()) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
        } catch (IOException | UnsupportedOperationException gone) {
            // Closing is all that is left to do.
        }
        closeQuietly(channel);
    }

    private static void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException gone) {
            // It is.
        }
    }
}
