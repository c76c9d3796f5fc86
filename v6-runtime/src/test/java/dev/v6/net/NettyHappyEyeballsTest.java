// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.Family;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.Future;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NettyHappyEyeballsTest {
    private static final InetAddress FOUR = Family.IPV4.loopback();
    private static final InetAddress SIX = Family.IPV6.loopback();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final HappyEyeballs EYEBALLS = HappyEyeballs.builder()
            .names(host -> Names.Answers.of(List.of(FOUR, SIX)))
            .build();

    private final EventLoopGroup group = new NioEventLoopGroup(1);
    private final Counter open = new Counter();
    private final Bootstrap bootstrap =
            new Bootstrap().group(group).channel(NioSocketChannel.class).handler(open);

    @AfterEach
    void stop() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        assertThat(open.count).as("channels left open").hasValue(0);
    }

    @Test
    void whereOneFamilyIsSilentTheOtherWinsAndTheLoserIsClosed() throws Exception {
        try (Greeter four = Greeter.at(FOUR, 0);
                Silence six = new Silence(SIX, four.port())) {
            Channel channel = connect(six.port(), TIMEOUT).sync().getNow();
            assertThat(((InetSocketAddress) channel.remoteAddress()).getAddress())
                    .isEqualTo(FOUR);
            channel.close().sync();
        }
    }

    @Test
    void whereOneFamilyRefusesTheOtherWins() throws Exception {
        try (Greeter four = Greeter.at(FOUR, 0)) {
            Channel channel = connect(four.port(), TIMEOUT).sync().getNow();
            assertThat(((InetSocketAddress) channel.remoteAddress()).getAddress())
                    .isEqualTo(FOUR);
            channel.close().sync();
        }
    }

    @Test
    void whenAllFailEachIsTold() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertThat(connect(port, TIMEOUT).await().cause())
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("::1 Connection refused")
                .hasMessageContaining("127.0.0.1 Connection refused");
    }

    @Test
    void theDeadlineHolds() throws Exception {
        try (Silence six = new Silence(SIX, 0)) {
            assertThat(NettyHappyEyeballs.connect(bootstrap, "::1", six.port(), Duration.ofMillis(300))
                            .await()
                            .cause())
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessageContaining("::1 no answer");
        }
    }

    @Test
    void cancellingEndsTheAttempts() throws Exception {
        try (Silence six = new Silence(SIX, 0)) {
            Future<Channel> connecting =
                    NettyHappyEyeballs.connect(bootstrap, "::1", six.port(), Duration.ofMinutes(1));
            assertThat(connecting.cancel(false)).isTrue();
            assertThat(connecting.isCancelled()).isTrue();
        }
    }

    private Future<Channel> connect(int port, Duration timeout) {
        return NettyHappyEyeballs.connect(bootstrap, EYEBALLS, "db.example", port, timeout);
    }

    @ChannelHandler.Sharable
    private static final class Counter extends ChannelInboundHandlerAdapter {
        final AtomicInteger count = new AtomicInteger();

        @Override
        public void channelRegistered(ChannelHandlerContext context) {
            count.incrementAndGet();
            context.fireChannelRegistered();
        }

        @Override
        public void channelUnregistered(ChannelHandlerContext context) {
            count.decrementAndGet();
            context.fireChannelUnregistered();
        }
    }
}
