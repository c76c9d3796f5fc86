// SPDX-License-Identifier: Apache-2.0
package dev.v6.benchmarks.resolve;

import dev.v6.dns.BypassResolver;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import org.xbill.DNS.Cache;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupResult;
import org.xbill.DNS.lookup.LookupSession;

/** Whoever looks names up, for both families. */
enum Peer {
    /** As a service calls it that has v6; it finds the upstream by itself. */
    V6("`BypassResolver`") {
        @Override
        Lookup start(String upstream) {
            BypassResolver resolver = BypassResolver.create();
            return name -> resolver.getAllByName(name).length;
        }
    },
    /** Through 127.0.0.11, as resolv.conf says. */
    JDK("the JDK through 127.0.0.11") {
        @Override
        Lookup start(String upstream) {
            return name -> InetAddress.getAllByName(name).length;
        }
    },
    /** Straight to the upstream. */
    NETTY("netty-resolver-dns, direct") {
        @Override
        @SuppressWarnings("deprecation") // the name that Netty 4.1 and 4.2 have in common
        Lookup start(String upstream) {
            EventLoopGroup group = new NioEventLoopGroup(1);
            DnsNameResolver resolver = new DnsNameResolverBuilder(group.next())
                    .datagramChannelFactory(NioDatagramChannel::new)
                    .socketChannelFactory(NioSocketChannel::new)
                    .nameServerProvider(
                            new SingletonDnsServerAddressStreamProvider(new InetSocketAddress(upstream, DNS)))
                    .resolvedAddressTypes(ResolvedAddressTypes.IPV6_PREFERRED)
                    .build();
            return name -> resolver.resolveAll(name).get().size();
        }
    },
    /** Straight to the upstream. */
    DNSJAVA("dnsjava, direct") {
        @Override
        Lookup start(String upstream) throws UnknownHostException {
            LookupSession session = LookupSession.builder()
                    .resolver(new SimpleResolver(new InetSocketAddress(upstream, DNS)))
                    .cache(new Cache(DClass.IN))
                    .build();
            return text -> {
                Name name = Name.fromString(text, Name.root);
                CompletableFuture<LookupResult> ipv6 =
                        session.lookupAsync(name, Type.AAAA).toCompletableFuture();
                CompletableFuture<LookupResult> ipv4 =
                        session.lookupAsync(name, Type.A).toCompletableFuture();
                return ipv6.get().getRecords().size() + ipv4.get().getRecords().size();
            };
        }
    };

    private static final int DNS = 53;

    private final String title;

    Peer(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** One look-up of one name; gives the number of addresses. */
    interface Lookup {
        int addresses(String name) throws Exception;
    }

    abstract Lookup start(String upstream) throws IOException;
}
