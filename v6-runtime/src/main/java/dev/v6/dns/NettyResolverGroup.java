// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;

/**
 * {@link BypassResolver} for Netty's clients, 4.1 or 4.2. It waits nowhere, so an event loop may call it, and takes no
 * thread of the client's: one group serves every client of a process.
 *
 * <pre>{@code
 * BypassResolver resolver = BypassResolver.create();
 * NettyResolverGroup group = NettyResolverGroup.of(resolver);
 *
 * bootstrap.resolver(group);             // Netty's Bootstrap
 * HttpClient.create().resolver(group);   // reactor-netty, and Spring's WebClient over it
 * }</pre>
 *
 * <p>Vert.x takes no group. Its own resolver asks the servers of resolv.conf and so 127.0.0.11, and
 * {@code AddressResolverOptions} change the servers but ask no other side. Start it with
 * {@code -Dvertx.disableDnsResolver=true}: then it asks {@link java.net.InetAddress}, and with it v6 where v6 is the
 * JVM's resolver. gRPC's channels need none: they find {@link GrpcDns} on the class path, and ask it.
 *
 * <p>Addresses come in the order of families that the JVM is set to (java.net.preferIPv6Addresses). A name without any
 * fails with an {@link java.net.UnknownHostException}. To close the group leaves the resolver open.
 */
public final class NettyResolverGroup extends AddressResolverGroup<InetSocketAddress> {
    private final BypassResolver resolver;

    private NettyResolverGroup(BypassResolver resolver) {
        this.resolver = resolver;
    }

    /**
     * A group that asks a resolver.
     *
     * @param resolver stays the caller's, to be closed after all clients
     * @return a group for any number of clients and event loops
     */
    public static NettyResolverGroup of(BypassResolver resolver) {
        return new NettyResolverGroup(resolver);
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new NettyNames(executor, resolver).asAddressResolver();
    }
}
