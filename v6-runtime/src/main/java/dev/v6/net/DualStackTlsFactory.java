// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import javax.net.ssl.SSLServerSocketFactory;
import org.jspecify.annotations.Nullable;

/** The same for TLS: the sockets are those of a JSSE provider, bound here. */
final class DualStackTlsFactory extends SSLServerSocketFactory {
    private final SSLServerSocketFactory provider;

    DualStackTlsFactory(SSLServerSocketFactory provider) {
        this.provider = provider;
    }

    /** To be bound by whoever asks for it; a provider's class cannot be told to prove anything then. */
    @Override
    public ServerSocket createServerSocket() throws IOException {
        return provider.createServerSocket();
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
        return createServerSocket(port, 0, null);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) throws IOException {
        return createServerSocket(port, backlog, null);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, @Nullable InetAddress address) throws IOException {
        ServerSocket socket = provider.createServerSocket();
        try {
            InetSocketAddress where =
                    address == null ? new InetSocketAddress(port) : new InetSocketAddress(address, port);
            return DualStackFactory.bind(socket, where, backlog, socket::bind);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return provider.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return provider.getSupportedCipherSuites();
    }
}
