// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import dev.v6.Family;
import dev.v6.Finding;
import dev.v6.net.Names;
import dev.v6.proc.ProcFs;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks names up past the engine's embedded DNS, without losing the names that only it knows.
 *
 * <pre>{@code
 * try (BypassResolver resolver = BypassResolver.create()) {
 *     InetAddress[] addresses = resolver.getAllByName("db.example.com");
 * }
 * }</pre>
 *
 * <p>It asks the servers that {@code v6.dns.servers} names, else those of resolv.conf and those that the engine says it
 * asks itself, if they answer from here; and 127.0.0.11 for names without a dot and for whatever the others do not know.
 * /etc/hosts comes first. A and AAAA are asked at once; a lost datagram is asked again after 250 ms; a server that does
 * not answer is left out for a while. Answers are kept as long as they say, 1 hour at most; those of the embedded DNS
 * for 5 seconds, as containers move; and, when no server answers, for {@link BypassResolverBuilder#staleFor} more.
 *
 * <p>It takes one daemon thread and no library. Any thread may call it.
 */
public final class BypassResolver implements Names, AutoCloseable {
    /** RFC 8767, section 5: how long to wait for a new answer when there is an old one. */
    private static final Duration BEFORE_STALE = Duration.ofMillis(1800);

    private static final long LOOK_SOON = Duration.ofMillis(20).toNanos();
    private static final long LOOK_AGAIN = Duration.ofSeconds(5).toNanos();

    private final Settings settings;
    private final LongSupplier clock;
    private final WatchedFile<HostsFile> hosts;
    private final WatchedFile<ResolvConf> conf;
    private final AnswerCache cache;
    private final CompletableFuture<Started> started;
    private final UnderWay underWay;
    private final LastResortThreads others;
    private volatile ResolvConf knownConf;
    private volatile long lookAgainAt = System.nanoTime();

    /**
     * Starts a resolver.
     *
     * @param clock nanoseconds, for how long answers and readings of files hold
     */
    BypassResolver(Settings settings, Supplier<Wire> wires, LongSupplier clock) {
        this.settings = settings;
        this.clock = clock;
        this.hosts = new WatchedFile<>(settings.hosts(), new HostsFile.Reader(), clock);
        this.conf = new WatchedFile<>(settings.resolvConf(), new ResolvConf.Reader(), clock);
        this.knownConf = conf.get();
        this.cache = new AnswerCache(settings.cacheSize(), settings.staleFor());
        this.others = new LastResortThreads();
        this.started = Starting.inBackground(wires, settings.servers(), settings.domains(), knownConf);
        this.underWay = new UnderWay(started, cache, clock);
    }

    /**
     * Starts a resolver with the settings of {@code v6.dns.servers} (V6_DNS_SERVERS in the environment) and
     * {@code v6.dns.domains} (V6_DNS_DOMAINS). It returns at once; the servers are tried in the background.
     *
     * @return a resolver to close when it is not needed any more
     * @throws IllegalArgumentException if a setting does not parse
     */
    public static BypassResolver create() {
        return builder().build();
    }

    /**
     * For a resolver with other settings.
     *
     * @return a builder
     */
    public static BypassResolverBuilder builder() {
        return new BypassResolverBuilder();
    }

    static BypassResolverBuilder builder(List<Server> servers) {
        return new BypassResolverBuilder(servers);
    }

    /** The servers, once they can be asked. */
    CompletableFuture<Started> begun() {
        return started;
    }

    /** Done when the servers can be asked, or it has shown that they cannot. It never fails. */
    CompletableFuture<Void> started() {
        return started.handle((now, failure) -> null);
    }

    /**
     * All addresses of a name, in the order of families that the JVM is set to (java.net.preferIPv6Addresses).
     *
     * @param host a name, or an address in digits
     * @return at least one
     * @throws UnknownHostException if there is none, or if nobody could tell in time
     */
    public InetAddress[] getAllByName(String host) throws UnknownHostException {
        return FamilyOrder.ofThisJvm(resolve(host, limit(), false));
    }

    /**
     * What is known of a name, with every step that led there.
     *
     * @param host a name, or an address in digits
     * @param timeout how long this caller waits at most, more than zero
     * @return its addresses, at least one
     * @throws UnknownHostException if there is none, or if nobody could tell in time
     */
    public Resolution resolve(String host, Duration timeout) throws UnknownHostException {
        return resolve(host, timeout, true);
    }

    private Resolution resolve(String host, Duration timeout, boolean traced) throws UnknownHostException {
        InetAddress literal = DnsName.digits(host);
        if (literal != null) {
            return Resolution.of(host, List.of(literal), "digits");
        }
        String name = DnsName.normal(host);
        Resolution known = known(name);
        return known != null ? known : ask(host, name, timeout, traced);
    }

    /** What needs no server: this machine's own names, and what was answered before. */
    private @Nullable Resolution known(String name) throws UnknownHostException {
        String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        List<InetAddress> local = LocalNames.addresses(bare, hosts.get(), BypassResolver::ipv6Here);
        if (!local.isEmpty()) {
            return Resolution.of(bare, local, "hosts");
        }
        followConf();
        Outcome fresh = cache.fresh(name, clock.getAsLong());
        return fresh == null ? null : fresh.orThrow();
    }

    private static boolean ipv6Here() {
        ProcFs proc = ProcFs.at(Path.of("/proc"));
        return !proc.mounted() || !proc.addresses().rows().isEmpty();
    }

    private void followConf() {
        ResolvConf now = conf.get();
        if (!now.equals(knownConf)) {
            knownConf = now;
            cache.clear();
            var unused = started.thenAccept(with -> with.wire().run(() -> {
                with.roster().update(now);
                cache.clear(); // of what the servers before have said since
            }));
        }
    }

    private Resolution ask(String host, String name, Duration timeout, boolean traced) throws UnknownHostException {
        LastResort other = settings.lastResort();
        long deadline = System.nanoTime() + timeout.toNanos();
        if (other != null && !canAsk()) {
            try {
                return Resolution.of(name, List.of(other.lookup(host)), "last resort");
            } catch (UnknownHostException e) {
                if (started.isDone()) {
                    throw e; // it is not that we come too early: there is nobody else to ask
                }
            }
        }
        Outcome outcome = await(name, underWay(name, traced), deadline - System.nanoTime(), true);
        if (outcome.kind() == Outcome.Kind.FAILED && other != null && deadline - System.nanoTime() > 0) {
            return Resolution.of(name, List.of(other.lookup(host)), "last resort");
        }
        return outcome.orThrow();
    }

    /**
     * For the JVM's own look-ups, which mind no interrupt.
     *
     * @return null where the built-in resolver is to be asked: no upstream is known, or no server could tell in good time
     */
    @Nullable
    Resolution forJvm(String host) throws UnknownHostException {
        String name = DnsName.normal(host);
        Resolution known = known(name);
        if (known != null) {
            return known;
        }
        long deadline = System.nanoTime() + limit().toNanos();
        if (!startedWithin(limit(), false) || !canAsk()) {
            return null;
        }
        Outcome outcome = await(name, underWay(name, false), deadline - System.nanoTime(), false);
        return outcome.kind() == Outcome.Kind.FAILED && deadline - System.nanoTime() > 0 ? null : outcome.orThrow();
    }

    private boolean startedWithin(Duration longest, boolean interruptible) {
        try {
            Waiting.on(started(), longest.toNanos(), interruptible);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // Told below.
        }
        return false;
    }

    /** Whether this resolver has started and knows more than the last resort does. */
    private boolean canAsk() {
        Started now = running();
        if (now == null || underWay.closed() || now.wire().here()) {
            return false;
        }
        if (!now.roster().upstreamKnown() && System.nanoTime() - lookAgainAt >= 0) {
            lookAgainAt = System.nanoTime() + LOOK_AGAIN;
            now.wire().run(now.roster()::lookAgain);
        }
        return now.roster().upstreamKnown();
    }

    private @Nullable Started running() {
        return started.isDone() && !started.isCompletedExceptionally() ? started.join() : null;
    }

    private Lookup underWay(String name, boolean traced) {
        return underWay.of(name, limit(), traced);
    }

    private Outcome await(String name, Lookup lookup, long nanos, boolean interruptible) throws UnknownHostException {
        Started now = running();
        if (now != null && now.wire().here()) {
            throw new UnknownHostException(
                    "'" + name + "' is looked up by the resolver's own thread, which would wait for"
                            + " itself. Do it on another thread.");
        }
        Outcome old = cache.stale(name, clock.getAsLong());
        long patience = old == null ? nanos : Math.min(nanos, BEFORE_STALE.toNanos());
        try {
            return lookup.await(Math.max(0, patience), interruptible);
        } catch (TimeoutException e) {
            if (old != null) {
                return old;
            }
            throw (UnknownHostException) new UnknownHostException("'" + name + "' could not be looked up within "
                            + Duration.ofNanos(nanos).toMillis() + " ms. Allow more time, or check the servers with the"
                            + " command resolve.")
                    .initCause(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (UnknownHostException)
                    new UnknownHostException("Looking up '" + name + "' was interrupted.").initCause(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A look-up ends with an outcome, whatever happens.", e);
        }
    }

    private Duration limit() {
        Duration own = settings.timeout();
        ResolvOptions options = knownConf.options();
        return own != null ? own : Duration.ofSeconds(options.timeout().toSeconds() * options.attempts());
    }

    /**
     * Starts to look a name up, for {@link dev.v6.net.HappyEyeballs}. What is chained to the futures may run on the
     * resolver's thread and must not wait there.
     */
    @Override
    public Answers lookup(String host) {
        try {
            String name = DnsName.normal(host);
            Resolution known = known(name);
            if (known != null) {
                return Answers.of(known.addresses());
            }
            LastResort other = settings.lastResort();
            if (other != null && !canAsk()) {
                return others.lookup(other, host);
            }
            Lookup lookup = underWay(name, false);
            return new Answers(lookup.part(Family.IPV6), lookup.part(Family.IPV4));
        } catch (UnknownHostException e) {
            return new Answers(CompletableFuture.failedFuture(e), CompletableFuture.failedFuture(e));
        }
    }

    /**
     * What is wrong with the files and the servers, as far as it has shown until now, and why look-ups by
     * {@link InetAddress} do not come to v6 where they should.
     *
     * @return none if nothing is
     */
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>(ownFindings());
        findings.addAll(Jvm.notAsked());
        return Collections.unmodifiableList(findings);
    }

    /** What is wrong with the files and the servers. */
    List<Finding> ownFindings() {
        List<Finding> findings = new ArrayList<>(hosts.get().findings());
        findings.addAll(onRoster(Roster::findings, knownConf.findings()));
        return findings;
    }

    private <T> T onRoster(Function<Roster, T> question, T otherwise) {
        Started now = running();
        if (now == null || underWay.closed() || now.wire().here()) {
            return otherwise;
        }
        CompletableFuture<T> told = new CompletableFuture<>();
        now.wire().run(() -> told.complete(question.apply(now.roster())));
        try {
            return Waiting.on(told, TimeUnit.SECONDS.toNanos(1), false); // completeOnTimeout leaves a thread behind
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            return otherwise;
        }
    }

    /**
     * The servers besides the embedded DNS that answer from here. It waits for the start of this resolver.
     *
     * @return in the order in which they are asked; none if there is none
     */
    public List<Server> upstreams() {
        long end = System.nanoTime() + Peer.SILENT.multipliedBy(2).toNanos();
        Optional<List<Server>> answering = onRoster(Roster::answering, Optional.empty());
        while (answering.isEmpty() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(LOOK_SOON);
            answering = onRoster(Roster::answering, Optional.empty());
        }
        return answering.orElse(List.of());
    }

    /** As {@link #upstreams}, without waiting: none while that is not known. */
    List<Server> answeringNow() {
        return onRoster(Roster::answering, Optional.<List<Server>>empty()).orElse(List.of());
    }

    /**
     * Looks a name up, not from what is kept but anew, and tells everything of it. It waits for the start of this resolver
     * first, so that the times are those of the look-up.
     *
     * @param host a name, or an address in digits
     * @param timeout for the look-up, more than zero
     * @return what became of it, also if there is no such name
     */
    public Trace trace(String host, Duration timeout) {
        var unused = startedWithin(timeout, true);
        cache.clear();
        long began = System.nanoTime();
        Resolution found;
        String why = "";
        try {
            InetAddress literal = DnsName.digits(host);
            String name = literal == null ? DnsName.normal(host) : host;
            Resolution known = literal == null ? known(name) : Resolution.of(host, List.of(literal), "digits");
            Outcome outcome = known == null
                    ? await(name, underWay(name, true), timeout.toNanos(), true)
                    : new Outcome(Outcome.Kind.FOUND, known, Set.of(), Duration.ZERO, "");
            found = outcome.resolution();
            why = outcome.why();
        } catch (UnknownHostException e) {
            found = Resolution.of(host, List.of(), "");
            why = String.valueOf(e.getMessage());
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        return new Trace(onRoster(Roster::servers, List.of()), found, why, took, ownFindings());
    }

    /** Ends the thread and closes its sockets. Who waits for an answer gets none. */
    @Override
    public void close() {
        underWay.close();
        var unused = started.thenAccept(now -> now.wire().close());
        others.close();
    }
}
