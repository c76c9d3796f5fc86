// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import dev.v6.Finding;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Answers the JVM's look-ups with a {@link BypassResolver} where that is wanted. All that takes time happens on a thread of
 * its own, from the first moment on.
 */
final class JvmNames implements HostLookup {
    private final DnsMode mode;
    private final List<Server> servers;
    private final Path resolvConf;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<WatchedFile<Boolean>> embedded = new CompletableFuture<>();
    private volatile @Nullable BypassResolver resolver;

    private JvmNames(DnsMode mode, List<Server> servers, Path resolvConf) {
        this.mode = mode;
        this.servers = servers;
        this.resolvConf = resolvConf;
    }

    static JvmNames begin(DnsMode mode, List<Server> servers, Path resolvConf) {
        JvmNames names = new JvmNames(mode, servers, resolvConf);
        OwnThreads.daemon("begin", new Runnable() {
                    // No lambda: it would be linked on the main thread, before the service's first line.
                    @Override
                    public void run() {
                        names.start();
                    }
                })
                .start();
        return names;
    }

    private void start() {
        try {
            embedded.complete(new WatchedFile<>(resolvConf, JvmNames::namesEmbedded, System::nanoTime));
            if (wanted()) {
                var unused = resolver().started().thenRun(() -> ready.complete(null));
            } else {
                ready.complete(null);
            }
        } catch (RuntimeException | Error e) {
            embedded.completeExceptionally(e);
            ready.complete(null); // the first look-up meets the same fault, and says it
        }
    }

    private static boolean namesEmbedded(Path file) {
        return ResolvConf.read(file).servers().stream()
                .anyMatch(address -> Server.of(address, Server.Origin.FILE).embedded());
    }

    /** Follows resolv.conf, which an engine rewrites when a container joins another network. */
    private boolean wanted() {
        return mode == DnsMode.ON || !servers.isEmpty() || embedded.join().get();
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
        return ready;
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
