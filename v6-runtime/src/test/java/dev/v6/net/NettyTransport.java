// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Stream;

/** Netty's transports. Only Netty 4.2 has io_uring, so that is loaded by name. */
enum NettyTransport {
    NIO,
    EPOLL,
    IO_URING;

    private static final String IO_URING_PACKAGE = "io.netty.channel.uring.";

    /** Those that can be tried; the project's own CI has a kernel that allows io_uring, so there none may be missing. */
    static Stream<NettyTransport> here() throws ReflectiveOperationException {
        boolean next = Boolean.getBoolean("v6.netty.next");
        return Boolean.parseBoolean(System.getenv("CI")) ? Stream.of(values()).limit(next ? 3 : 2) : usable(next);
    }

    private static Stream<NettyTransport> usable(boolean next) throws ReflectiveOperationException {
        boolean uring =
                next && (boolean) uring("IoUring").getMethod("isAvailable").invoke(null);
        return Stream.of(values()).limit(uring ? 3 : 2);
    }

    EventLoopGroup group(ThreadFactory threads) {
        return switch (this) {
            case NIO -> new NioEventLoopGroup(1, threads);
            case EPOLL -> new EpollEventLoopGroup(1, threads);
            case IO_URING -> uringGroup(threads);
        };
    }

    private static EventLoopGroup uringGroup(ThreadFactory threads) {
        try {
            Object handlers = uring("IoUringIoHandler").getMethod("newFactory").invoke(null);
            return Class.forName("io.netty.channel.MultiThreadIoEventLoopGroup")
                    .asSubclass(EventLoopGroup.class)
                    .getConstructor(int.class, ThreadFactory.class, Class.forName("io.netty.channel.IoHandlerFactory"))
                    .newInstance(1, threads, handlers);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    Class<? extends ServerChannel> channel() {
        return switch (this) {
            case NIO -> NioServerSocketChannel.class;
            case EPOLL -> EpollServerSocketChannel.class;
            case IO_URING -> {
                try {
                    yield uring("IoUringServerSocketChannel").asSubclass(ServerChannel.class);
                } catch (ClassNotFoundException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
    }

    private static Class<?> uring(String name) throws ClassNotFoundException {
        return Class.forName(IO_URING_PACKAGE + name);
    }
}
