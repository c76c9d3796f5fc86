// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.NoopAddressResolverGroup;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Asks over Netty's datagram and stream channels with netty-codec-dns, on one daemon thread. It is a layer below
 * netty-resolver-dns's own resolver: that has one unconnected socket, which hears no refusal, and asks again when it
 * thinks fit.
 */
final class NettyWire implements Wire {
    private static final int TCP_TIMEOUT_MILLIS = (int) Peer.SILENT.toMillis();

    static {
        OwnNetty.quieten();
    }

    private final EventLoopGroup group;
    private final EventLoop loop;
    private final Alarms alarms;
    private final RandomBytes random = new RandomBytes();
    private final Map<Server, UdpPort> ports = new HashMap<>();

    NettyWire() {
        group = new NioEventLoopGroup(1, (ThreadFactory) task -> OwnThreads.own(new FastThreadLocalThread(task), ""));
        loop = group.next();
        alarms = new Alarms(loop);
    }

    @Override
    public void run(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("This resolver is closed. Keep it open as long as names are asked.", e);
        }
    }

    @Override
    public Alarm later(Duration delay, Runnable task) {
        return alarms.set(delay, task);
    }

    @Override
    public boolean here() {
        return loop.inEventLoop();
    }

    @Override
    public long now() {
        return System.nanoTime();
    }

    @Override
    public Sent ask(Server server, Question question, Consumer<Reply> to) {
        if (question.tcp()) {
            Bootstrap bootstrap = new Bootstrap()
                    .group(loop)
                    .channel(NioSocketChannel.class)
                    .resolver(NoopAddressResolverGroup.INSTANCE)
                    .option(ChannelOption.ALLOCATOR, UnpooledByteBufAllocator.DEFAULT)
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, TCP_TIMEOUT_MILLIS);
            return TcpQuestion.ask(bootstrap, server, question, nextId(), to);
        }
        UdpPort port = ports.get(server);
        if (port == null || port.worn()) {
            if (port != null) {
                port.retire();
            }
            port = UdpPort.open(loop, server);
            ports.put(server, port);
        }
        return port.ask(question, this::nextId, to);
    }

    /** Not to be guessed (RFC 5452, 9.2). */
    private int nextId() {
        return random.next() << 8 | random.next();
    }

    @Override
    public void close() {
        var unused = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
