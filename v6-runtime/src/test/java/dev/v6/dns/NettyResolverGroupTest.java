// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.v6.AddressText;
import dev.v6.Family;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a real server; runs with both lines of Netty. */
@RequiresNameServers
class NettyResolverGroupTest {
    @TempDir
    Path directory;

    private final EventLoopGroup loops = new NioEventLoopGroup(1);
    private NameServers servers;
    private BypassResolver resolver;
    private NettyResolverGroup group;

    @BeforeEach
    void start() throws Exception {
        servers = new NameServers(directory);
        int port = NameServers.freePort();
        servers.dnsmasq(
                UnaryOperator.identity(),
                "::1",
                port,
                "host-record=here.test,::1",
                "host-record=dual.test,198.18.0.80,2001:db8::80",
                "address=/many.test/198.18.0.81",
                "local=/test/");
        Path conf = Files.writeString(directory.resolve("resolv.conf"), "");
        Path hosts = Files.writeString(directory.resolve("hosts"), "198.18.0.7 seven\n");
        resolver = BypassResolver.builder()
                .servers("[::1]:" + port)
                .resolvConf(conf)
                .hosts(hosts)
                .build();
        group = NettyResolverGroup.of(resolver);
    }

    @AfterEach
    void end() throws Exception {
        group.close();
        resolver.close();
        servers.close();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
    }

    private List<String> all(String host) throws Exception {
        return group
                .getResolver(loops.next())
                .resolveAll(InetSocketAddress.createUnresolved(host, 443))
                .get(20, TimeUnit.SECONDS)
                .stream()
                .map(found -> AddressText.of(found.getAddress(), found.getPort()))
                .toList();
    }

    @Test
    void aNameAnEntryOfHostsAndDigitsAreResolved() throws Exception {
        assertThat(all("dual.test")).containsExactly("198.18.0.80:443", "[2001:db8::80]:443");
        assertThat(all("seven")).containsExactly("198.18.0.7:443");
        assertThat(all("2001:db8::5")).containsExactly("[2001:db8::5]:443");
        assertThat(all("localhost")).contains("127.0.0.1:443");
    }

    @Test
    void aNameThatNobodyKnowsAndOneThatNobodyCanHaveAreUnknown() {
        for (String name : List.of("none.test", "bad..test", "x".repeat(256), "")) {
            assertThatThrownBy(() -> all(name)).as(name).hasCauseInstanceOf(UnknownHostException.class);
        }
    }

    @Test
    void aBootstrapConnectsByName() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, Family.IPV6.loopback())) {
            Channel channel = new Bootstrap()
                    .group(loops)
                    .channel(NioSocketChannel.class)
                    .resolver(group)
                    .handler(new ChannelInboundHandlerAdapter())
                    .connect("here.test", server.getLocalPort())
                    .sync()
                    .channel();
            try (Socket accepted = server.accept()) {
                assertThat(accepted.getRemoteSocketAddress()).isEqualTo(channel.localAddress());
            }
            channel.close().sync();
        }
    }

    /** Trap 36: the resolver has a loop and a thread of its own. */
    @Test
    void trap36AnEventLoopThatWaitsForALookUpGetsIt() throws Exception {
        CompletableFuture<InetAddress[]> found = new CompletableFuture<>();
        loops.next().execute(() -> {
            try {
                found.complete(resolver.getAllByName("dual.test"));
            } catch (UnknownHostException e) {
                found.completeExceptionally(e);
            }
        });
        assertThat(found.get(20, TimeUnit.SECONDS)).hasSize(2);
    }

    /** Trap 36. */
    @Test
    void trap36WhatIsChainedToALookUpIsToldNotToWaitOnItsThread() throws Exception {
        CompletableFuture<String> said = new CompletableFuture<>();
        for (int i = 0; i < 1000 && !said.isDone(); i++) {
            String next = "n" + i + ".many.test";
            // A look-up that is over already runs what is chained on this thread, where waiting is fine.
            var unused = resolver.lookup("m" + i + ".many.test").ipv4().thenAccept(ipv4 -> {
                if (Thread.currentThread().getName().equals("v6-dns")) {
                    try {
                        said.complete("found " + resolver.getAllByName(next).length);
                    } catch (UnknownHostException e) {
                        said.complete(e.getMessage());
                    }
                }
            });
        }
        assertThat(said.get(20, TimeUnit.SECONDS)).endsWith("would wait for itself. Do it on another thread.");
        assertThat(resolver.getAllByName("dual.test")).hasSize(2);
    }
}
