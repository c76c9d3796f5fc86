// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is behind a {@link RacingSocket}: before the connect an unconnected socket, which checks the options and tells
 * them, with a list of them for the attempts; afterwards the winner.
 */
final class RacingSocketImpl extends SocketImpl {
    private final List<ChannelConnector.Preparation> preparations = new ArrayList<>();

    private @Nullable Socket current;
    private boolean won;

    List<ChannelConnector.Preparation> preparations() throws IOException {
        if (current != null) {
            current.close(); // or it would keep the local port from the attempts
        }
        return List.copyOf(preparations);
    }

    void win(Connected connected) {
        current = connected.socket();
        won = true;
    }

    SocketAddress remote() throws IOException {
        return new InetSocketAddress(socket().getInetAddress(), socket().getPort());
    }

    private Socket socket() throws IOException {
        Socket socket = current;
        if (socket == null) {
            socket = SocketChannel.open().socket();
            current = socket;
        }
        return socket;
    }

    private void set(ChannelConnector.Preparation option) throws IOException {
        option.prepare(socket());
        if (!won) {
            preparations.add(option);
        }
    }

    @Override
    protected void create(boolean stream) throws IOException {
        socket();
    }

    @Override
    protected void connect(SocketAddress remote, int timeout) throws IOException {
        address = socket().getInetAddress();
        port = socket().getPort();
        localport = socket().getLocalPort();
    }

    @Override
    protected void connect(String host, int port) throws IOException {
        throw new SocketException("Only RacingSocket connects this.");
    }

    @Override
    protected void connect(InetAddress remote, int port) throws IOException {
        throw new SocketException("Only RacingSocket connects this.");
    }

    @Override
    protected void bind(InetAddress host, int port) throws IOException {
        set(socket -> socket.bind(new InetSocketAddress(host, port)));
        localport = socket().getLocalPort();
    }

    @Override
    protected void listen(int backlog) throws IOException {
        throw new SocketException("A socket that connects does not listen. Use DualStack to listen.");
    }

    @Override
    protected void accept(SocketImpl accepted) throws IOException {
        throw new SocketException("A socket that connects does not accept. Use DualStack to listen.");
    }

    @Override
    protected InputStream getInputStream() throws IOException {
        return socket().getInputStream();
    }

    @Override
    protected OutputStream getOutputStream() throws IOException {
        return socket().getOutputStream();
    }

    @Override
    protected int available() throws IOException {
        return getInputStream().available();
    }

    @Override
    protected void close() throws IOException {
        if (current != null) {
            current.close();
        }
    }

    @Override
    protected void shutdownInput() throws IOException {
        socket().shutdownInput();
    }

    @Override
    protected void shutdownOutput() throws IOException {
        socket().shutdownOutput();
    }

    @Override
    protected boolean supportsUrgentData() {
        return true;
    }

    @Override
    protected void sendUrgentData(int data) throws IOException {
        socket().sendUrgentData(data);
    }

    @Override
    protected Set<SocketOption<?>> supportedOptions() {
        try {
            return socket().supportedOptions();
        } catch (IOException e) {
            return Set.of();
        }
    }

    @Override
    protected <T> void setOption(SocketOption<T> name, T value) throws IOException {
        set(socket -> socket.setOption(name, value));
    }

    @Override
    protected <T> T getOption(SocketOption<T> name) throws IOException {
        return socket().getOption(name);
    }

    @Override
    public void setOption(int id, Object value) throws SocketException {
        try {
            set(socket -> SocketOptionIds.set(socket, id, value));
        } catch (SocketException e) {
            throw e;
        } catch (IOException e) {
            throw new SocketException(e.toString());
        }
    }

    @Override
    public @Nullable Object getOption(int id) throws SocketException {
        try {
            return SocketOptionIds.get(socket(), id);
        } catch (SocketException e) {
            throw e;
        } catch (IOException e) {
            throw new SocketException(e.toString());
        }
    }
}
