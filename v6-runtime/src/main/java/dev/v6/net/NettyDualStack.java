// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import dev.v6.Finding;
import dev.v6.Protocol;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.List;
import java.util.Map;

/**
 * {@link DualStack} for Netty's {@link ServerBootstrap}, with any transport (NIO, epoll, io_uring). It needs
 * netty-transport on the class path, 4.1 or 4.2.
 *
 * <pre>{@code
 * Channel server = NettyDualStack.bind(bootstrap, 8080);
 * }</pre>
 *
 * <p>That the transport serves both families is tried, as {@link DualStack} does, with a channel of the same type and
 * options on a port of its own. A native transport may do otherwise than the JDK: it may obey net.ipv6.bindv6only. It
 * waits until the channel is bound, so it must not be called from an event loop.
 */
public final class NettyDualStack {
    private NettyDualStack() {}

    /**
     * Binds the wildcard.
     *
     * @param bootstrap with groups, channel type and handler; it is not changed
     * @param port 0 to 65535; 0 for any free one
     * @return the channel, bound
     * @throws DualStackException if a family cannot be served
     * @throws IOException if it cannot be bound for another reason
     * @throws IllegalArgumentException if it is no port
     */
    public static Channel bind(ServerBootstrap bootstrap, int port) throws IOException {
        return bind(bootstrap, DualStack.on(port));
    }

    /**
     * Binds an address, or a port of a range.
     *
     * @param bootstrap with groups, channel type, handler and socket options; it is not changed
     * @param on where to listen; its backlog, if set, goes over the bootstrap's
     * @return the channel, bound
     * @throws DualStackException if a family cannot be served
     * @throws IOException if it cannot be bound for another reason
     * @throws IllegalArgumentException if it has socket options: Netty has options of its own
     */
    public static Channel bind(ServerBootstrap bootstrap, DualStack on) throws IOException {
        if (on.address() == null) {
            List<Finding> missing = missing(bootstrap);
            if (!missing.isEmpty()) {
                throw new DualStackException(missing.get(0), null);
            }
        } else {
            on.prove(Protocol.TCP);
        }
        return on.bound(Protocol.TCP, opener(bootstrap, on));
    }

    /**
     * Binds what can be bound, and says what.
     *
     * @param bootstrap with groups, channel type, handler and socket options; it is not changed
     * @param on where to listen; its backlog, if set, goes over the bootstrap's
     * @return the channel, and what it serves
     * @throws IOException if neither family can be served
     * @throws IllegalArgumentException if it has socket options: Netty has options of its own
     */
    public static Served<Channel> bindLenient(ServerBootstrap bootstrap, DualStack on) throws IOException {
        List<Finding> missing = on.address() == null ? missing(bootstrap) : List.of();
        return new Served<>(on.bound(Protocol.TCP, opener(bootstrap, on)), on.families(missing), missing);
    }

    private static List<Finding> missing(ServerBootstrap bootstrap) throws IOException {
        ChannelFactory<ServerChannel> type =
                () -> bootstrap.config().channelFactory().newChannel();
        ServerBootstrap scratch = new ServerBootstrap()
                .group(bootstrap.config().group(), bootstrap.config().childGroup())
                .channelFactory(type)
                .childHandler(new Closing());
        for (Map.Entry<ChannelOption<?>, Object> option :
                bootstrap.config().options().entrySet()) {
            set(scratch, option.getKey(), option.getValue());
        }
        Channel server = opened(scratch.bind(new InetSocketAddress(0)));
        return SelfProof.missing(
                () -> server.close().awaitUninterruptibly(), ((InetSocketAddress) server.localAddress()).getPort());
    }

    @SuppressWarnings("unchecked") // it was set with a value of its type
    private static <T> void set(ServerBootstrap bootstrap, ChannelOption<T> option, Object value) {
        bootstrap.option(option, (T) value);
    }

    private static Sockets.Opener<Channel> opener(ServerBootstrap bootstrap, DualStack on) {
        if (!on.options().isEmpty()) {
            throw new IllegalArgumentException("Netty does not take "
                    + on.options().keySet().iterator().next().name()
                    + " from here. Set its ChannelOption on the bootstrap.");
        }
        return (spec, where) -> {
            ServerBootstrap one = bootstrap.clone();
            if (spec.backlog() > 0) {
                one.option(ChannelOption.SO_BACKLOG, spec.backlog());
            }
            return opened(one.bind(where));
        };
    }

    /** A native transport's failures are no SocketExceptions, and a NIO channel's may be runtime exceptions. */
    private static Channel opened(ChannelFuture binding) throws IOException {
        try {
            binding.await();
        } catch (InterruptedException e) {
            var unused = binding.channel().close();
            Thread.currentThread().interrupt();
            throw (IOException)
                    new InterruptedIOException("The thread was interrupted while Netty bound the port. Bind it again.")
                            .initCause(e);
        }
        Throwable cause = binding.cause();
        if (cause == null) {
            return binding.channel();
        }
        throw cause instanceof SocketException known
                ? known
                : (IOException) new BindException(String.valueOf(cause.getMessage())).initCause(cause);
    }

    /** Nobody but the proof itself connects to its channel. */
    @Sharable
    private static final class Closing extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext context) {
            var unused = context.close();
        }
    }
}
