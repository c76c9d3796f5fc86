// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.dns.DefaultDnsQuery;
import io.netty.handler.codec.dns.DnsRecordDecoder;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.TcpDnsQueryEncoder;
import io.netty.handler.codec.dns.TcpDnsResponseDecoder;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.util.function.Consumer;

/** One question over a connection of its own (RFC 7766): for answers that no datagram holds, so a rare one. */
final class TcpQuestion extends SimpleChannelInboundHandler<DnsResponse> {
    private static final int LONGEST_MESSAGE = 1 << 16;

    private final Server server;
    private final Question question;
    private final int id;
    private final Consumer<Reply> to;
    private boolean over;

    private TcpQuestion(Server server, Question question, int id, Consumer<Reply> to) {
        this.server = server;
        this.question = question;
        this.id = id;
        this.to = to;
    }

    static Wire.Sent ask(Bootstrap bootstrap, Server server, Question question, int id, Consumer<Reply> to) {
        TcpQuestion asking = new TcpQuestion(server, question, id, to);
        ChannelFuture connecting = bootstrap
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(
                                        new TcpDnsQueryEncoder(),
                                        new TcpDnsResponseDecoder(DnsRecordDecoder.DEFAULT, LONGEST_MESSAGE),
                                        asking);
                    }
                })
                .connect(server.socketAddress());
        connecting.addListener(done -> {
            if (!connecting.isSuccess()) {
                asking.end(kind(connecting.cause()));
            }
        });
        return () -> {
            asking.over = true;
            var unused = connecting.channel().close();
        };
    }

    private static Reply.Kind kind(Throwable why) {
        if (why instanceof NoRouteToHostException) {
            return Reply.Kind.NO_ROUTE;
        }
        return why instanceof ConnectException ? Reply.Kind.CLOSED : Reply.Kind.SILENT;
    }

    private void end(Reply.Kind kind) {
        tell(Reply.without(kind, server));
    }

    private void tell(Reply reply) {
        if (!over) {
            over = true;
            to.accept(reply);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        DefaultDnsQuery query = new DefaultDnsQuery(id);
        Messages.put(query, question);
        var unused = context.writeAndFlush(query);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DnsResponse response) {
        if (response.id() == id && ReplyReader.answers(response, question)) {
            tell(ReplyReader.read(response, question, server));
        }
        var unused = context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end(Reply.Kind.CLOSED);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var unused = context.close();
    }
}
