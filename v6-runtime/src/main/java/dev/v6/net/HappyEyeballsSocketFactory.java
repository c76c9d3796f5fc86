// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sockets that connect as {@link HappyEyeballs} do, for whatever takes a {@link SocketFactory} or its class name: JDBC
 * drivers, HTTP clients, mail and LDAP. Options set before the connect hold for every attempt, so for the winner.
 *
 * <p>A socket given an unresolved name races the addresses of that name. Given a resolved address that came from a name
 * (many libraries look up on their own and take the first), it tries that one first and the name's others when it has no
 * answer. Given an address without a name, it connects to that.
 */
public final class HappyEyeballsSocketFactory extends SocketFactory {
    private static final HappyEyeballsSocketFactory DEFAULTS = new HappyEyeballsSocketFactory();

    private final HappyEyeballs eyeballs;

    /** With the RFC's settings, for those who are given a class name. */
    public HappyEyeballsSocketFactory() {
        this(HappyEyeballs.defaults());
    }

    HappyEyeballsSocketFactory(HappyEyeballs eyeballs) {
        this.eyeballs = eyeballs;
    }

    /**
     * The factory with the RFC's settings, for those who look for this method, as the JNDI LDAP provider does.
     *
     * @return always the same
     */
    public static SocketFactory getDefault() {
        return DEFAULTS;
    }

    @Override
    public Socket createSocket() throws IOException {
        return new RacingSocket(eyeballs);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(InetSocketAddress.createUnresolved(host, port), null);
    }

    @Override
    public Socket createSocket(String host, int port, @Nullable InetAddress local, int localPort) throws IOException {
        return connected(InetSocketAddress.createUnresolved(host, port), new InetSocketAddress(local, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port), null);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, @Nullable InetAddress local, int localPort)
            throws IOException {
        return connected(new InetSocketAddress(host, port), new InetSocketAddress(local, localPort));
    }

    private Socket connected(InetSocketAddress remote, @Nullable SocketAddress local) throws IOException {
        Socket socket = createSocket();
        boolean connected = false;
        try {
            if (local != null) {
                socket.bind(local);
            }
            socket.connect(remote);
            connected = true;
            return socket;
        } finally {
            if (!connected) {
                socket.close();
            }
        }
    }
}
