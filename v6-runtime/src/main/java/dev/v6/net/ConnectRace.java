// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import dev.v6.Family;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * RFC 8305: attempts that start one after the other, each a little after the last, until one stands. This decides only:
 * whoever drives it calls {@link #step} when an attempt or an answer may have come to its end, and no later than it was
 * told to. So it serves a thread that waits in a selector and an event loop alike, and time in tests is what they say.
 *
 * @param <C> what a connection is
 */
final class ConnectRace<C> implements AutoCloseable {
    static final long DONE = 0;

    private final LongSupplier clock;
    private final Connector<C> connector;
    private final Pace pace;
    private final UnaryOperator<List<InetAddress>> order;
    private final List<InetAddress> given;
    private final Supplier<Names.Answers> lookup;
    private final Runnable wakeup;
    private final long began;

    private final List<Running<C>> running = new ArrayList<>(2);
    private final List<Tried> tried = new ArrayList<>(2);
    private final List<IOException> lookupFailures = new ArrayList<>(0);

    private List<InetAddress> untried = List.of();
    private int known;
    private boolean ipv6Known;
    private boolean ipv4Known;
    private long ipv4At;
    private long nextStart;
    private boolean expired;
    private boolean over;

    private Names.@Nullable Answers answers;
    private @Nullable Family last;
    private @Nullable Winner<C> winner;

    /** Begins attempts. */
    @FunctionalInterface
    interface Connector<C> {
        /** Returns at once, whether the attempt has ended by then or not. */
        Attempt<C> start(InetAddress address) throws IOException;
    }

    /** A connection that is being made. */
    interface Attempt<C> {
        /** The connection, once it stands; null while it does not; the reason if it never will. */
        @Nullable
        C poll() throws IOException;

        /** Gives up and leaves nothing open, also if the connection stands a moment later. */
        void abandon();
    }

    /**
     * How fast it goes.
     *
     * @param attemptDelay from one attempt to the next while there is no answer
     * @param resolutionDelay how long IPv4 addresses wait for IPv6 ones
     * @param timeoutNanos for everything together; {@link Long#MAX_VALUE} for none
     */
    record Pace(Duration attemptDelay, Duration resolutionDelay, long timeoutNanos) {}

    /**
     * One attempt that did not win, in nanoseconds since the race began.
     *
     * @param failure null if it still had no answer when the time was up
     */
    record Tried(
            InetAddress address,
            long started,
            long ended,
            @Nullable IOException failure) {}

    /** A connection and where it leads. */
    record Winner<C>(C connection, InetAddress address) {}

    private record Running<C>(Attempt<C> attempt, InetAddress address, long started) {}

    /**
     * A race that has begun: its time runs from now on.
     *
     * @param given addresses to try at once; empty to look up first
     * @param lookup asked for more: at once if none are given, else when these have no answer
     * @param order sorts all that is known and not yet tried, the best first
     * @param wakeup called, from any thread, when a look-up has an answer
     */
    ConnectRace(
            LongSupplier clock,
            Connector<C> connector,
            Pace pace,
            List<InetAddress> given,
            Supplier<Names.Answers> lookup,
            UnaryOperator<List<InetAddress>> order,
            Runnable wakeup) {
        this.clock = clock;
        this.connector = connector;
        this.pace = pace;
        this.given = given;
        this.lookup = lookup;
        this.order = order;
        this.wakeup = wakeup;
        this.began = clock.getAsLong();
        this.untried = new ArrayList<>(given);
        this.known = given.size();
    }

    /**
     * Does all that is due.
     *
     * @return {@link #DONE}, or in how many nanoseconds it must be called again at the latest
     */
    long step() throws IOException {
        if (over) {
            return DONE;
        }
        poll();
        if (winner == null) {
            startDue();
            gather();
            startDue();
        }
        long now = elapsed();
        if (winner == null && now >= pace.timeoutNanos()) {
            expire(now);
        }
        boolean exhausted = running.isEmpty() && untried.isEmpty() && ipv6Known && ipv4Known;
        over = winner != null || expired || exhausted;
        if (over) {
            close();
            return DONE;
        }
        return untilNext(now);
    }

    private long untilNext(long now) {
        long wait = pace.timeoutNanos() - now;
        if (answers == null || (!untried.isEmpty() && mayStart(now))) {
            wait = Math.min(wait, nextStart - now);
        } else if (!untried.isEmpty()) {
            wait = Math.min(wait, ipv4At + pace.resolutionDelay().toNanos() - now);
        }
        return Math.max(1, wait);
    }

    private void poll() {
        for (Iterator<Running<C>> each = running.iterator(); winner == null && each.hasNext(); ) {
            Running<C> one = each.next();
            try {
                if (stands(one)) {
                    each.remove();
                }
            } catch (IOException e) {
                each.remove();
                lost(one.address(), one.started(), e);
            }
        }
    }

    private boolean stands(Running<C> one) throws IOException {
        C connection = one.attempt().poll();
        if (connection == null) {
            return false;
        }
        winner = new Winner<>(connection, one.address());
        return true;
    }

    /** A failure leaves nothing to wait for. */
    private void lost(InetAddress address, long started, IOException why) {
        nextStart = elapsed();
        tried.add(new Tried(address, started, nextStart, why));
    }

    /** Late answers join those not yet tried (RFC 8305, section 4). */
    private void gather() {
        boolean early = answers == null && (!untried.isEmpty() || !mayStartNext(elapsed()));
        if (early || winner != null) {
            return;
        }
        Names.Answers asked = asked();
        List<InetAddress> found = new ArrayList<>(untried);
        if (!ipv6Known && asked.ipv6().isDone()) {
            ipv6Known = true;
            take(asked.ipv6(), found);
        }
        if (!ipv4Known && asked.ipv4().isDone()) {
            ipv4Known = true;
            ipv4At = elapsed();
            take(asked.ipv4(), found);
        }
        if (found.size() > untried.size()) {
            known += found.size() - untried.size();
            List<InetAddress> sorted = order.apply(found);
            untried = new ArrayList<>(
                    last == null
                            ? AddressOrder.interleave(sorted)
                            : AddressOrder.interleave(sorted, last == Family.IPV6 ? Family.IPV4 : Family.IPV6));
        }
    }

    private Names.Answers asked() {
        Names.Answers asked = answers;
        if (asked == null) {
            asked = lookup.get();
            answers = asked;
            for (CompletableFuture<?> answer : List.of(asked.ipv6(), asked.ipv4())) {
                if (!answer.isDone()) {
                    answer.thenRun(wakeup).exceptionally(failure -> {
                        wakeup.run();
                        return null;
                    });
                }
            }
        }
        return asked;
    }

    private void take(CompletableFuture<List<InetAddress>> answer, List<InetAddress> found) {
        try {
            for (InetAddress address : answer.join()) {
                if (!found.contains(address) && !given.contains(address)) {
                    found.add(address);
                }
            }
        } catch (CompletionException e) {
            IOException why = e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
            if (!lookupFailures.contains(why)) {
                lookupFailures.add(why);
            }
        }
    }

    /** IPv4 alone waits a moment for IPv6; IPv6 waits for nobody. */
    private boolean mayStart(long now) {
        return answers == null
                || ipv6Known
                || (ipv4Known && now - ipv4At >= pace.resolutionDelay().toNanos());
    }

    private boolean mayStartNext(long now) {
        return running.isEmpty() || now >= nextStart;
    }

    private void startDue() {
        long now = elapsed();
        while (winner == null
                && !untried.isEmpty()
                && now < pace.timeoutNanos()
                && mayStart(now)
                && mayStartNext(now)) {
            InetAddress address = untried.remove(0);
            last = Family.of(address);
            try {
                Running<C> one = new Running<>(connector.start(address), address, now);
                running.add(one); // first, so that it is given up if the next line throws what nobody expects
                nextStart = now + pace.attemptDelay().toNanos();
                if (stands(one)) {
                    running.remove(one);
                }
            } catch (IOException e) {
                running.removeIf(one -> one.address().equals(address));
                lost(address, now, e);
            }
            now = elapsed();
        }
    }

    private void expire(long now) {
        expired = true;
        for (Running<C> one : running) {
            tried.add(new Tried(one.address(), one.started(), now, null));
        }
    }

    private long elapsed() {
        return clock.getAsLong() - began;
    }

    /** Gives up whatever has not won. */
    @Override
    public void close() {
        over = true;
        for (Running<C> one : running) {
            one.attempt().abandon();
        }
        running.clear();
    }

    /** The connection, or null if there is none. */
    @Nullable
    Winner<C> winner() {
        return winner;
    }

    /** Whether there was more than one address to choose from. */
    boolean hadChoice() {
        return known > 1;
    }

    /** Those that did not win, in the order in which they ended. */
    List<Tried> tried() {
        return List.copyOf(tried);
    }

    /** Why addresses of a family are not known. */
    List<IOException> lookupFailures() {
        return List.copyOf(lookupFailures);
    }

    /** Whether the time was up. */
    boolean expired() {
        return expired;
    }

    /** How long it may take, in nanoseconds. */
    long timeoutNanos() {
        return pace.timeoutNanos();
    }
}
