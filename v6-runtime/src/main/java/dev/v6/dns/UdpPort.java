// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryEncoder;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DatagramDnsResponseDecoder;
import io.netty.resolver.NoopAddressResolverGroup;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * A local port, chosen by the kernel at random and connected to one server, so that nobody else's datagrams come in and
 * the host's word that nobody listens there does. It serves for a number of questions, and another one after it: who
 * means to answer in the server's stead has to guess it anew (RFC 5452, 9.2). So it is after a question that was not
 * answered: the kernel translates a port's datagrams as it did the first, and an engine that restarts has its server
 * elsewhere behind 127.0.0.11.
 */
final class UdpPort extends SimpleChannelInboundHandler<DatagramDnsResponse> {
    private static final int MOST_QUESTIONS = 500;

    /** More than EDNS asks for, as some servers do not listen. */
    private static final int LONGEST_MESSAGE = 4096;

    private final EventLoop loop;
    private final Server server;
    private final InetSocketAddress address;
    private final Map<Integer, Waiting> waiting = new HashMap<>();
    private final ChannelFuture connected;
    private int questions;
    private boolean broken;
    private boolean retired;

    private record Waiting(Question question, Consumer<Reply> to) {}

    private UdpPort(EventLoop loop, Server server) {
        this.loop = loop;
        this.server = server;
        this.address = server.socketAddress();
        this.connected = new Bootstrap()
                .group(loop)
                .channel(NioDatagramChannel.class)
                .resolver(NoopAddressResolverGroup.INSTANCE)
                .option(ChannelOption.ALLOCATOR, UnpooledByteBufAllocator.DEFAULT)
                .option(ChannelOption.RCVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(LONGEST_MESSAGE))
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new DatagramDnsQueryEncoder(), new DatagramDnsResponseDecoder(), UdpPort.this);
                    }
                })
                .connect(address);
    }

    static UdpPort open(EventLoop loop, Server server) {
        return new UdpPort(loop, server);
    }

    /** Whether another one has to take its place. */
    boolean worn() {
        return broken || questions >= MOST_QUESTIONS;
    }

    /** Asks nothing more; closes when nobody waits any more. */
    void retire() {
        retired = true;
        closeIfDone();
    }

    Wire.Sent ask(Question question, IntSupplier ids, Consumer<Reply> to) {
        questions++;
        int id = ids.getAsInt();
        while (waiting.containsKey(id)) {
            id = ids.getAsInt();
        }
        int own = id;
        waiting.put(own, new Waiting(question, to));
        connected.addListener(done -> {
            if (connected.isSuccess()) {
                send(own, question);
            } else {
                broken = true;
                end(own, Reply.Kind.NO_ROUTE);
            }
        });
        return () -> {
            broken = true;
            waiting.remove(own);
            closeIfDone();
        };
    }

    private void send(int id, Question question) {
        DatagramDnsQuery query = new DatagramDnsQuery(null, address, id);
        Messages.put(query, question);
        connected.channel().writeAndFlush(query).addListener(done -> {
            if (!done.isSuccess()) {
                // Later, as this may happen while the question is being put.
                loop.execute(() -> failed(id, done.cause()));
            }
        });
    }

    /** The host's refusal of an earlier datagram may come as an error of sending this one. */
    private void failed(int id, Throwable why) {
        if (why instanceof PortUnreachableException) {
            refused();
        } else {
            broken = true;
            end(id, Reply.Kind.NO_ROUTE);
        }
    }

    private void end(int id, Reply.Kind kind) {
        Waiting one = waiting.remove(id);
        if (one != null) {
            one.to().accept(Reply.without(kind, server));
        }
        closeIfDone();
    }

    private void refused() {
        broken = true;
        List<Waiting> all = new ArrayList<>(waiting.values());
        waiting.clear();
        all.forEach(one -> one.to().accept(Reply.without(Reply.Kind.CLOSED, server)));
        closeIfDone();
    }

    private void closeIfDone() {
        if (retired && waiting.isEmpty()) {
            var unused = connected.channel().close();
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramDnsResponse response) {
        Waiting one = waiting.get(response.id());
        // Whatever does not fit is somebody's guess: the true answer may still come.
        if (one != null && ReplyReader.answers(response, one.question())) {
            waiting.remove(response.id());
            one.to().accept(ReplyReader.read(response, one.question(), server));
            closeIfDone();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof PortUnreachableException) {
            refused();
        }
        // Else a message that is none: as good as not sent.
    }
}
