// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.Finding;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A service in a JVM of its own that listens as its words say, and checks itself when told to: {@code dual:8080},
 * {@code ipv4:8080}, {@code ipv6:8080}, {@code at:8080:127.0.0.1}, {@code many:20000:100}, {@code clients:8080:100};
 * {@code port:8080} names a port to the check, and
 * {@code beside} has it look as from beside.
 */
final class CheckedService {
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_V6ONLY = 26;
    private static final List<Object> OPEN = new ArrayList<>();

    private CheckedService() {}

    public static void main(String[] args) throws Exception {
        List<Integer> ports = new ArrayList<>();
        boolean beside = false;
        for (String word : args) {
            String[] parts = word.split(":", 3);
            switch (parts[0]) {
                case "beside" -> beside = true;
                case "port" -> ports.add(Integer.parseInt(parts[1]));
                case "many" -> openMany(Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
                case "clients" -> connect(Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
                default -> OPEN.add(open(parts));
            }
        }
        SelfCheck check = beside ? SelfCheck.beside(ports) : SelfCheck.of(ports);
        System.out.println("up");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (in.readLine() != null) {
            Report report = check.run();
            for (Finding finding : report.findings()) {
                System.out.println(String.join(
                        "\t", finding.code().name(), finding.severity().name(), finding.evidence(), finding.remedy()));
            }
            for (String problem : report.problems()) {
                System.out.println("problem\t" + problem);
            }
            for (CheckResult result : report.results()) {
                if (result.status() == CheckResult.Status.UNKNOWN) {
                    System.out.println("unknown\t" + result.code().id() + " " + result.reason());
                }
            }
            System.out.println("end");
        }
    }

    /** Listeners on the loopback of IPv4. */
    private static void openMany(int first, int count) throws IOException {
        for (int port = first; port < first + count; port++) {
            OPEN.add(new ServerSocket(port, 5, InetAddress.getByName("127.0.0.1")));
        }
    }

    /** Connections to a port that is open already, which stay in its backlog. */
    private static void connect(int port, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            OPEN.add(new Socket(InetAddress.getByName("127.0.0.1"), port));
        }
    }

    private static Object open(String[] words) throws IOException, InterruptedException {
        int port = Integer.parseInt(words[1]);
        return switch (words[0]) {
            case "dual" -> new ServerSocket(port, 4096);
            case "at" -> new ServerSocket(port, 50, InetAddress.getByName(words[2]));
            case "ipv4" ->
                ServerSocketChannel.open(StandardProtocolFamily.INET)
                        .bind(new InetSocketAddress(InetAddress.getByName("0.0.0.0"), port));
            case "ipv6" -> ipv6(port);
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    /** The JDK clears IPV6_V6ONLY, so it takes Netty's epoll. Each connection is closed at once. */
    private static Object ipv6(int port) throws InterruptedException {
        System.setProperty("io.netty.machineId", "02:00:00:00:00:01"); // a namespace of lo alone has none
        return new ServerBootstrap()
                .group(new EpollEventLoopGroup(1))
                .channel(EpollServerSocketChannel.class)
                .option(new IntegerUnixChannelOption("IPV6_V6ONLY", IPPROTO_IPV6, IPV6_V6ONLY), 1)
                .childHandler(new Closing())
                .bind("::", port)
                .sync()
                .channel();
    }

    @ChannelHandler.Sharable
    private static final class Closing extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext context) {
            var unused = context.close();
        }
    }
}
