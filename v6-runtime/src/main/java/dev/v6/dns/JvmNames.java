// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import dev.v6.Finding;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers the JVM's look-ups with a {@link BypassResolver} where that is wanted. All that takes time happens on a thread of
 * its own, from the first moment on.
 */
final class JvmNames implements HostLookup, Runnable {
    private final DnsMode mode;
    private final List<Server> servers;
    private final Path resolvConf;
    private volatile @Nullable Start start;
    private volatile @Nullable BypassResolver resolver;

    /** Apart, as what it takes would else be loaded on the main thread, before the service's first line. */
    private static final class Start implements BiConsumer<Started, Throwable>, Function<Path, Boolean>, LongSupplier {
        private final CompletableFuture<Void> ready = new CompletableFuture<>();
        private final CompletableFuture<WatchedFile<Boolean>> embedded = new CompletableFuture<>();

        /** The resolver has started, or cannot. */
        @Override
        public void accept(@Nullable Started started, @Nullable Throwable failure) {
            ready.complete(null);
        }

        /** Whether a resolv.conf names the embedded DNS. */
        @Override
        public Boolean apply(Path file) {
            for (InetAddress address : ResolvConf.read(file).servers()) {
                if (Server.of(address, Server.Origin.FILE).embedded()) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public long getAsLong() {
            return System.nanoTime();
        }
    }

    private JvmNames(DnsMode mode, List<Server> servers, Path resolvConf) {
        this.mode = mode;
        this.servers = servers;
        this.resolvConf = resolvConf;
    }

    static JvmNames begin(DnsMode mode, List<Server> servers, Path resolvConf) {
        JvmNames names = new JvmNames(mode, servers, resolvConf);
        OwnThreads.daemon("begin", names).start();
        return names;
    }

    /** On the thread that begins. No lambda: each would be made beside the service's own start, and cost it time. */
    @Override
    public void run() {
        Start now = start();
        try {
            if (!always()) {
                now.embedded.complete(new WatchedFile<>(resolvConf, now, now));
            }
            if (wanted()) {
                var unused = resolver().begun().whenComplete(now);
            } else {
                now.ready.complete(null);
            }
        } catch (RuntimeException | Error e) {
            now.embedded.completeExceptionally(e);
            now.ready.complete(null); // the first look-up meets the same fault, and says it
        }
    }

    private Start start() {
        Start now = start;
        return now == null ? makeStart() : now;
    }

    private synchronized Start makeStart() {
        Start now = start;
        if (now == null) {
            now = new Start();
            start = now;
        }
        return now;
    }

    private boolean always() {
        return mode == DnsMode.ON || !servers.isEmpty();
    }

    /** Follows resolv.conf, which an engine rewrites when a container joins another network. */
    private boolean wanted() {
        return always() || start().embedded.join().get();
    }

    private BypassResolver resolver() {
        BypassResolver now = resolver;
        return now == null ? startResolver() : now;
    }

    private BypassResolver startResolver() {
        BypassResolver now = SharedResolver.of(servers, resolvConf);
        resolver = now;
        return now;
    }

    @Override
    public CompletableFuture<Void> ready() {
        return start().ready;
    }

    @Override
    public @Nullable List<InetAddress> lookup(String host) throws UnknownHostException {
        if (!wanted()) {
            return null;
        }
        Resolution found = resolver().forJvm(host);
        if (found == null) {
            return null;
        }
        return found.addresses();
    }

    /** The servers besides the embedded DNS that are known to answer now, each after a blank. */
    String answering() {
        BypassResolver now = resolver;
        StringBuilder text = new StringBuilder();
        for (Server server : now == null ? List.<Server>of() : now.answeringNow()) {
            String one = server.toString();
            boolean bare = server.address() instanceof Inet6Address && !one.startsWith("[");
            text.append(' ').append(bare ? '[' + one + ']' : one);
        }
        return text.toString();
    }

    void compareFamilies(List<String> hosts) {
        BypassResolver now = resolver;
        if (now != null && now.begun().isDone() && !now.begun().isCompletedExceptionally()) {
            FamilyTrial.run(hosts, now.begun().join());
        }
    }

    List<Finding> findings() {
        BypassResolver now = resolver;
        return now == null ? List.of() : now.ownFindings();
    }
}
