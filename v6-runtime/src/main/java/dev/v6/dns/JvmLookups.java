// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The JVM's look-ups, by whichever way they come here: the provider of JDK 18 and later, or the agent's hook. What fails
 * here, and what is looked up while a look-up runs, goes to the built-in resolver, so that nothing waits for itself.
 */
final class JvmLookups {
    private final Supplier<@Nullable HostLookup> ours;
    private final ThreadLocal<Boolean> asking = new ThreadLocal<>();
    private final AtomicBoolean failed = new AtomicBoolean();
    private volatile boolean rfc6724;

    /**
     * Makes the door.
     *
     * @param ours called for each look-up, and so must be quick; null where names are left to the built-in resolver
     */
    JvmLookups(Supplier<@Nullable HostLookup> ours) {
        this.ours = ours;
    }

    /** Apart, as the main thread of a service makes the door before the service's first line. */
    private static final class Early {
        static final LastResortThreads THREADS = new LastResortThreads();
    }

    /** No lambda: it would be made where a service looks its first name up. */
    private static final class Theirs extends LastResortThreads.Slow {
        private final Builtin builtin;
        private final String host;

        Theirs(Builtin builtin, String host) {
            this.builtin = builtin;
            this.host = host;
        }

        @Override
        List<InetAddress> addresses() throws UnknownHostException {
            return builtin.byName(host);
        }
    }

    /** The JVM's own resolver. */
    @FunctionalInterface
    interface Builtin {
        List<InetAddress> byName(String host) throws UnknownHostException;
    }

    /** Whether the order of families that the JVM asks for gives way to that of RFC 6724. */
    void inOrderOfRfc6724(boolean so) {
        rfc6724 = so;
    }

    /** The addresses of a name, at least one. */
    List<InetAddress> byName(String host, LookupOrder asked, Builtin builtin) throws UnknownHostException {
        if (!rfc6724 || OwnThreads.here()) {
            return find(host, asked, builtin);
        }
        LookupOrder order = new LookupOrder(asked.families(), null);
        return order.apply(find(host, order, builtin));
    }

    private List<InetAddress> find(String host, LookupOrder order, Builtin builtin) throws UnknownHostException {
        HostLookup lookup = asking.get() == null && !OwnThreads.here() ? ours.get() : null;
        if (lookup == null) {
            return builtin.byName(host);
        }
        if (lookup.ready().isDone()) {
            List<InetAddress> found = ask(lookup, host, order);
            return found == null ? builtin.byName(host) : found;
        }
        return beforeReady(lookup, host, order, builtin);
    }

    /**
     * Until v6 has started, the built-in resolver answers, and if it fails or takes its time, v6 as soon as it can.
     */
    private List<InetAddress> beforeReady(HostLookup lookup, String host, LookupOrder order, Builtin builtin)
            throws UnknownHostException {
        CompletableFuture<List<InetAddress>> theirs;
        try {
            theirs = Early.THREADS.run(new Theirs(builtin, host));
        } catch (RuntimeException | Error e) {
            return builtin.byName(host); // no thread is to be had here
        }
        try {
            CompletableFuture.anyOf(theirs, lookup.ready()).join();
        } catch (CompletionException e) {
            // Theirs knows of none, but v6 may.
        }
        if (theirs.isDone() && !theirs.isCompletedExceptionally()) {
            return theirs.join();
        }
        List<InetAddress> found = ask(lookup, host, order);
        return found == null ? result(theirs) : found;
    }

    private static List<InetAddress> result(CompletableFuture<List<InetAddress>> theirs) throws UnknownHostException {
        try {
            return theirs.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof UnknownHostException unknown
                    ? unknown
                    : (UnknownHostException) new UnknownHostException(e.getCause() + "").initCause(e);
        }
    }

    private static List<InetAddress> inOrder(String host, LookupOrder order, List<InetAddress> found)
            throws UnknownHostException {
        List<InetAddress> wanted = order.apply(found);
        if (wanted.isEmpty()) {
            throw new UnknownHostException(host + ": no address of the family that was asked for");
        }
        List<InetAddress> named = new ArrayList<>();
        for (InetAddress address : wanted) {
            named.add(named(host, address));
        }
        return named;
    }

    /** As the built-in resolver gives them: getHostName() then asks nobody, and TLS has a name to check. */
    private static InetAddress named(String host, InetAddress address) throws UnknownHostException {
        return address instanceof Inet6Address ipv6 && ipv6.getScopeId() != 0
                ? Inet6Address.getByAddress(host, ipv6.getAddress(), ipv6.getScopeId())
                : InetAddress.getByAddress(host, address.getAddress());
    }

    private @Nullable List<InetAddress> ask(HostLookup lookup, String host, LookupOrder order)
            throws UnknownHostException {
        asking.set(Boolean.TRUE);
        try {
            List<InetAddress> found = lookup.lookup(host);
            return found == null ? null : inOrder(host, order, found);
        } catch (RuntimeException | Error e) {
            if (!failed.getAndSet(true)) {
                Jvm.say("v6's resolver failed, and the JDK's own answers instead. Please report this: " + e);
            }
            return null;
        } finally {
            asking.remove();
        }
    }
}
