// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A socket whose connect is a race; from then on it is the winner. */
final class RacingSocket extends Socket {
    private final HappyEyeballs eyeballs;
    private final RacingSocketImpl impl;

    private volatile @Nullable ChannelConnector connecting;
    private volatile boolean closed;

    RacingSocket(HappyEyeballs eyeballs) throws SocketException {
        this(eyeballs, new RacingSocketImpl());
    }

    private RacingSocket(HappyEyeballs eyeballs, RacingSocketImpl impl) throws SocketException {
        super(impl);
        this.eyeballs = eyeballs;
        this.impl = impl;
    }

    @Override
    public void connect(SocketAddress endpoint) throws IOException {
        connect(endpoint, 0);
    }

    /** Zero is no timeout, as for every socket: then it ends when the kernel has given up every attempt. */
    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
        if (!(endpoint instanceof InetSocketAddress remote)) {
            throw new IllegalArgumentException(
                    "The endpoint must be an InetSocketAddress, but is " + endpoint + ". Give a host and a port.");
        }
        if (timeout < 0) {
            throw new IllegalArgumentException(
                    "The timeout must not be negative, but is " + timeout + " ms. Give 0 for none.");
        }
        if (isClosed() || isConnected()) {
            throw new SocketException(isClosed() ? "Socket is closed" : "already connected");
        }
        InetAddress address = remote.getAddress();
        Target target = Target.of(address == null ? remote.getHostString() : host(address), remote.getPort());
        InetAddress favourite = target.literal() == null ? address : null;
        long nanos = timeout == 0 ? Long.MAX_VALUE : Duration.ofMillis(timeout).toNanos();
        boolean connected = false;
        try (ChannelConnector connector = eyeballs.connector(target, impl.preparations())) {
            connecting = connector;
            if (closed) {
                throw new SocketException("Socket closed");
            }
            impl.win(eyeballs.run(target, favourite, nanos, connector));
            super.connect(impl.remote(), timeout);
            connected = !closed;
        } finally {
            connecting = null;
            if (!connected) {
                close();
                impl.close();
            }
        }
    }

    /** The name that an address carries, without asking for one where it carries none. */
    private static String host(InetAddress address) {
        return new InetSocketAddress(address, 0).getHostString();
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // nothing here that two may not do at once
    public void close() throws IOException {
        closed = true;
        ChannelConnector racing = connecting;
        if (racing != null) {
            racing.cancel();
        }
        super.close();
    }
}
