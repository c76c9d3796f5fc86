// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import dev.v6.Literal;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What both schemes have in common. */
abstract class GrpcProvider extends NameResolverProvider {
    private static final int BOTH = 3;
    private static final int IPV4 = 1;

    private static final JvmLookups LOOKUPS = new JvmLookups(Jvm::always);

    private final String scheme;
    private final int priority;

    GrpcProvider(String scheme, int priority) {
        this.scheme = scheme;
        this.priority = priority;
    }

    @Override
    public final String getDefaultScheme() {
        return scheme;
    }

    @Override
    protected final int priority() {
        return priority;
    }

    @Override
    public final Collection<Class<? extends SocketAddress>> getProducedSocketAddressTypes() {
        return Set.of(InetSocketAddress.class);
    }

    @Override
    public final @Nullable NameResolver newNameResolver(URI target, NameResolver.Args args) {
        return scheme.equals(target.getScheme())
                ? new GrpcNames(GrpcTarget.of(target, args.getDefaultPort()), args, GrpcProvider::addresses)
                : null;
    }

    /** In the order of RFC 6724. A JVM without IPv6 sockets gets no IPv6 addresses. */
    private static List<InetAddress> addresses(String host) throws UnknownHostException {
        InetAddress literal;
        try {
            literal = Literal.parse(host);
        } catch (IllegalArgumentException e) {
            throw (UnknownHostException) new UnknownHostException(e.getMessage()).initCause(e);
        }
        return literal != null
                ? List.of(literal)
                : LOOKUPS.byName(
                        host,
                        LookupOrder.of(Boolean.getBoolean("java.net.preferIPv4Stack") ? IPV4 : BOTH),
                        name -> List.of(InetAddress.getAllByName(name)));
    }
}
