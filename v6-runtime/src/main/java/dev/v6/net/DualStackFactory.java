// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import dev.v6.Protocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/** Makes {@link ServerSocket}s that keep the promise of {@link DualStack} when they are bound. */
final class DualStackFactory extends ServerSocketFactory {
    @Override
    public ServerSocket createServerSocket() throws IOException {
        return new Promising();
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
        return DualStack.on(port).serverSocket();
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) throws IOException {
        return DualStack.on(port).backlog(backlog).serverSocket();
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, @Nullable InetAddress address) throws IOException {
        return spec(port, address).backlog(backlog).serverSocket();
    }

    static DualStack spec(int port, @Nullable InetAddress address) {
        DualStack spec = DualStack.on(port);
        return address == null || address.isAnyLocalAddress() ? spec : spec.at(address);
    }

    /** Binds as the JDK does, after the proof. */
    static <T extends ServerSocket> T bind(T socket, SocketAddress endpoint, int backlog, Binding binding)
            throws IOException {
        if (!(endpoint instanceof InetSocketAddress where) || where.isUnresolved()) {
            binding.bind(endpoint, backlog); // which says what is wrong with it
            return socket;
        }
        DualStack spec = spec(where.getPort(), where.getAddress());
        spec.prove(Protocol.TCP);
        spec.bound(Protocol.TCP, (same, resolved) -> {
            binding.bind(resolved, backlog);
            return socket;
        });
        return socket;
    }

    interface Binding {
        void bind(@Nullable SocketAddress endpoint, int backlog) throws IOException;
    }

    private static final class Promising extends ServerSocket {
        Promising() throws IOException {}

        @Override
        public void bind(SocketAddress endpoint, int backlog) throws IOException {
            DualStackFactory.bind(this, endpoint, backlog, super::bind);
        }
    }
}
