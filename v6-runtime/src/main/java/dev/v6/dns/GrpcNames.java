// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import dev.v6.net.AddressOrder;
import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.ProxiedSocketAddress;
import io.grpc.Status;
import io.grpc.SynchronizationContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One channel's name. gRPC calls it within the channel's synchronization context, where its fields are read and written,
 * too; asking takes its time on the executor that gRPC has for that.
 */
final class GrpcNames extends NameResolver {
    private final GrpcTarget target;
    private final Args args;
    private final Addresses addresses;
    private final SynchronizationContext context;
    private @Nullable Listener2 listener;
    private boolean asking;
    private boolean over;

    /** Who knows the addresses of a host, at least one. */
    @FunctionalInterface
    interface Addresses {
        List<InetAddress> of(String host) throws UnknownHostException;
    }

    GrpcNames(GrpcTarget target, Args args, Addresses addresses) {
        this.target = target;
        this.args = args;
        this.addresses = addresses;
        this.context = args.getSynchronizationContext();
    }

    @Override
    public String getServiceAuthority() {
        return target.authority();
    }

    @Override
    public void start(Listener2 told) {
        listener = told;
        ask();
    }

    /** What is kept of an answer ends with its time, so gRPC may ask as often as it likes. */
    @Override
    public void refresh() {
        ask();
    }

    @Override
    public void shutdown() {
        over = true;
    }

    private void ask() {
        Listener2 to = listener;
        if (asking || over || to == null) {
            return;
        }
        asking = true;
        Executor offload = args.getOffloadExecutor();
        Executor executor =
                offload == null ? task -> OwnThreads.daemon("grpc", task).start() : offload;
        executor.execute(() -> {
            Runnable tell = answer(to);
            context.execute(() -> {
                asking = false;
                if (!over) {
                    tell.run();
                }
            });
        });
    }

    /** Asks, and gives what is to be told of it. */
    private Runnable answer(Listener2 to) {
        try {
            ResolutionResult result = result(groups());
            return () -> to.onResult(result);
        } catch (IOException e) {
            Status status = Status.UNAVAILABLE.withDescription(e.getMessage()).withCause(e);
            return () -> to.onError(status);
        } catch (RuntimeException | LinkageError e) {
            Status status = Status.UNAVAILABLE
                    .withDescription("v6 could not look up '" + target.host() + "': " + e + ". Please report this.")
                    .withCause(e);
            return () -> to.onError(status);
        }
    }

    /** In the order in which they are best tried, and both families early: gRPC tries them one after the other. */
    private List<EquivalentAddressGroup> groups() throws IOException {
        ProxiedSocketAddress proxied =
                args.getProxyDetector().proxyFor(InetSocketAddress.createUnresolved(target.host(), target.port()));
        if (proxied != null) {
            return List.of(new EquivalentAddressGroup(proxied)); // whose name the proxy looks up
        }
        List<EquivalentAddressGroup> groups = new ArrayList<>();
        for (InetAddress address : AddressOrder.interleave(addresses.of(target.host()))) {
            groups.add(new EquivalentAddressGroup(new InetSocketAddress(address, target.port())));
        }
        return groups;
    }

    /** There since 1.21; what is to come after it, since 1.68 alone. */
    @SuppressWarnings("deprecation")
    private static ResolutionResult result(List<EquivalentAddressGroup> groups) {
        return ResolutionResult.newBuilder().setAddresses(groups).build();
    }
}
