// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Two listening sockets, one a family, that look like one. Accepting is for one thread at a time; others wait. */
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // a volatile field, and channels that lock themselves
final class PairServerSocket extends ServerSocket {
    private final List<ServerSocketChannel> channels;
    private final Selector selector;
    private final Object accepting = new Object();

    private volatile int timeout;

    PairServerSocket(List<ServerSocketChannel> channels) throws IOException {
        this.channels = channels;
        this.selector = Selector.open();
        for (ServerSocketChannel channel : channels) {
            channel.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
        }
    }

    @Override
    public Socket accept() throws IOException {
        synchronized (accepting) {
            long end = System.nanoTime() + timeout * 1_000_000L;
            while (true) {
                Socket taken = take();
                if (taken != null) {
                    return taken;
                }
                long left = (end - System.nanoTime()) / 1_000_000L;
                if (timeout > 0 && left <= 0) {
                    throw new SocketTimeoutException("Accept timed out");
                }
                await(timeout == 0 ? 0 : Math.max(1, left));
            }
        }
    }

    private void await(long millis) throws SocketException {
        try {
            selector.select(millis);
            selector.selectedKeys().clear();
        } catch (ClosedSelectorException | IOException closed) {
            throw closed();
        }
        if (!selector.isOpen()) {
            throw closed();
        }
    }

    private @Nullable Socket take() throws IOException {
        for (ServerSocketChannel channel : channels) {
            if (!channel.isOpen()) {
                throw closed();
            }
            SocketChannel accepted = channel.accept();
            if (accepted != null) {
                accepted.configureBlocking(true);
                return accepted.socket();
            }
        }
        return null;
    }

    private static SocketException closed() {
        return new SocketException("Socket closed");
    }

    @Override
    public void bind(SocketAddress endpoint, int backlog) throws IOException {
        throw new SocketException("Already bound");
    }

    @Override
    public void close() throws IOException {
        selector.close();
        for (ServerSocketChannel channel : channels) {
            channel.close();
        }
    }

    @Override
    public boolean isClosed() {
        return !selector.isOpen();
    }

    @Override
    public boolean isBound() {
        return true;
    }

    /** The IPv4 one's: the wildcard stands for both families, as it does for any socket of the JDK. */
    @Override
    public @Nullable InetAddress getInetAddress() {
        return channels.get(0).socket().getInetAddress();
    }

    @Override
    public int getLocalPort() {
        return channels.get(0).socket().getLocalPort();
    }

    @Override
    public @Nullable SocketAddress getLocalSocketAddress() {
        InetAddress address = getInetAddress();
        return address == null ? null : new InetSocketAddress(address, getLocalPort());
    }

    @Override
    public void setSoTimeout(int millis) {
        if (millis < 0) {
            throw new IllegalArgumentException("timeout < 0");
        }
        timeout = millis;
    }

    @Override
    public int getSoTimeout() {
        return timeout;
    }

    @Override
    public void setReceiveBufferSize(int size) throws SocketException {
        for (ServerSocketChannel channel : channels) {
            channel.socket().setReceiveBufferSize(size);
        }
    }

    @Override
    public int getReceiveBufferSize() throws SocketException {
        return channels.get(0).socket().getReceiveBufferSize();
    }

    @Override
    public String toString() {
        return "PairServerSocket" + channels;
    }
}
