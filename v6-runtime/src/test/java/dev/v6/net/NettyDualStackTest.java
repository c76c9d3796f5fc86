// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.v6.ChildJvm;
import dev.v6.Family;
import dev.v6.lab.NetNamespace;
import dev.v6.lab.RequiresNamespaces;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.Closeable;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Trap 17: each transport has a wildcard of its own, so each is tried. */
@Timeout(60)
class NettyDualStackTest {
    private static final String PORT = "18081";

    @ParameterizedTest
    @MethodSource("dev.v6.net.NettyTransport#here")
    void takesBothFamiliesAndTellsThemApart(NettyTransport transport) throws Exception {
        try (Server server = new Server(transport)) {
            Channel channel = NettyDualStack.bind(server.bootstrap, 0);

            for (Family family : Family.values()) {
                Socket client = new Socket(family.loopback(), port(channel));
                InetSocketAddress peer = server.peers.poll(10, TimeUnit.SECONDS);
                assertThat(peer).isEqualTo(client.getLocalSocketAddress());
                client.close();
                assertThat(peer.getAddress())
                        .isInstanceOf(family == Family.IPV4 ? Inet4Address.class : Inet6Address.class);
            }
            assertThat(server.peers).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.v6.net.NettyTransport#here")
    void aPortThatIsTakenIsSaidToBeByWhom(NettyTransport transport) throws Exception {
        try (Server server = new Server(transport);
                ServerSocket taken = new ServerSocket(0)) {
            assertThatExceptionOfType(DualStackException.class)
                    .isThrownBy(() -> NettyDualStack.bind(server.bootstrap, taken.getLocalPort()))
                    .withMessageContaining("V6-409 ")
                    .withMessageContaining("(process " + ProcessHandle.current().pid() + ", java)");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.v6.net.NettyTransport#here")
    void theFirstFreePortOfARangeIsTakenWithItsBacklog(NettyTransport transport) throws Exception {
        try (Server server = new Server(transport);
                ServerSocket taken = new ServerSocket(0)) {
            int first = taken.getLocalPort();

            Channel channel = NettyDualStack.bind(
                    server.bootstrap, DualStack.on(first, first + 20).backlog(7));

            assertThat(port(channel)).isBetween(first + 1, first + 20);
            assertThat(channel.config().getOption(ChannelOption.SO_BACKLOG)).isEqualTo(7);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.v6.net.NettyTransport#here")
    void oneAddressServesItsFamily(NettyTransport transport) throws Exception {
        try (Server server = new Server(transport)) {
            Served<Channel> served =
                    NettyDualStack.bindLenient(server.bootstrap, DualStack.on(0).at(Family.IPV6.loopback()));

            assertThat(served.families()).containsExactly(Family.IPV6);
            new Socket(Family.IPV6.loopback(), port(served.socket())).close();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.v6.net.NettyTransport#here")
    void aSocketOptionOfTheJdkIsRefused(NettyTransport transport) throws Exception {
        try (Server server = new Server(transport)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> NettyDualStack.bind(
                            server.bootstrap, DualStack.on(0).option(StandardSocketOptions.SO_REUSEPORT, true)))
                    .withMessageContaining("SO_REUSEPORT")
                    .withMessageContaining("on the bootstrap");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.v6.net.NettyTransport#here")
    @RequiresNamespaces
    void withoutIpv6ItSaysWhyAndLenientlyServesTheRest(NettyTransport transport) throws Exception {
        try (NetNamespace here = NetNamespace.withoutIpv6()) {
            assertThat(inside(here, transport, "strict")).startsWith("V6-201 ");
            assertThat(inside(here, transport, "lenient")).isEqualTo("[IPv4] 127.0.0.1 answers");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.v6.net.NettyTransport#here")
    @RequiresNamespaces
    void preferIpv4StackIsFound(NettyTransport transport) throws Exception {
        try (NetNamespace here = NetNamespace.create()) {
            assertThat(inside(here, transport, "strict", "-Djava.net.preferIPv4Stack=true"))
                    .startsWith("V6-101 ");
            assertThat(inside(here, transport, "lenient", "-Djava.net.preferIPv4Stack=true"))
                    .isEqualTo("[IPv4] 127.0.0.1 answers");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.v6.net.NettyTransport#here")
    @RequiresNamespaces
    void bindv6onlyIsFoundWhereATransportObeysIt(NettyTransport transport) throws Exception {
        try (NetNamespace here = NetNamespace.create()) {
            here.sysctl("net.ipv6.bindv6only", "1");

            assertThat(inside(here, transport, "strict")).isEqualTo("listens");
            assertThat(inside(here, NettyTransport.EPOLL, "obeying"))
                    .startsWith("V6-403 ")
                    .contains("net.ipv6.bindv6only is 1", "net.ipv6.bindv6only=0");
        }
    }

    private static String inside(NetNamespace here, NettyTransport transport, String what, String... flags)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(flags));
        command.addAll(List.of(Inside.class.getName(), what, transport.name()));
        try (ChildJvm jvm = here.java(command.toArray(String[]::new))) {
            return jvm.line();
        }
    }

    private static int port(Channel channel) {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /** A bootstrap, and who came. */
    private static final class Server implements Closeable {
        private static final int IPPROTO_IPV6 = 41;
        private static final int IPV6_V6ONLY = 26;

        final BlockingQueue<InetSocketAddress> peers = new LinkedBlockingQueue<>();
        final ServerBootstrap bootstrap;
        private final EventLoopGroup group;

        Server(NettyTransport transport) {
            group = transport.group(new DefaultThreadFactory("netty", true));
            bootstrap = new ServerBootstrap()
                    .group(group)
                    .channel(transport.channel())
                    .childHandler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
                                @Override
                                public void channelActive(ChannelHandlerContext context) {
                                    peers.add((InetSocketAddress)
                                            context.channel().remoteAddress());
                                }
                            });
                        }
                    });
        }

        /** As a transport is that leaves IPV6_V6ONLY to the sysctl; Netty's own turn it off. */
        Server obeyingBindv6only() {
            ChannelOption<Integer> option = new IntegerUnixChannelOption("IPV6_V6ONLY", IPPROTO_IPV6, IPV6_V6ONLY);
            bootstrap.option(option, 1);
            return this;
        }

        @Override
        public void close() {
            group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }

    static final class Inside {
        public static void main(String[] args) throws Exception {
            System.setProperty("io.netty.machineId", "02:00:00:00:00:01"); // a namespace of lo alone has none
            DualStack on = DualStack.on(Integer.parseInt(PORT));
            try (Server server = new Server(NettyTransport.valueOf(args[1]))) {
                switch (args[0]) {
                    case "lenient" -> {
                        Served<Channel> served = NettyDualStack.bindLenient(server.bootstrap, on);
                        new Socket("127.0.0.1", port(served.socket())).close();
                        System.out.println(served.families() + " 127.0.0.1 answers");
                    }
                    case "obeying" -> NettyDualStack.bind(server.obeyingBindv6only().bootstrap, on);
                    default -> {
                        NettyDualStack.bind(server.bootstrap, on);
                        System.out.println("listens");
                    }
                }
            } catch (DualStackException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
