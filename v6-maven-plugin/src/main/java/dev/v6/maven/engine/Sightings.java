// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import dev.v6.Outcome;
import dev.v6.probe.ProbeResult;
import dev.v6.proc.Listener;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** All that is seen of one running service, put down by many threads and read by one that waits for news. */
public final class Sightings {
    private static final int KEPT = 4096; // a bound for services with traffic of their own

    private final Map<Aim, ProbeResult> last = new HashMap<>();
    private final Map<Aim, Deque<ProbeResult>> accepted = new HashMap<>();
    private final Deque<Arrival> arrivals = new ArrayDeque<>();

    private List<Listener> listeners = List.of();
    private Facts facts = Facts.NONE;
    private boolean witnessed;
    private long changes;

    synchronized void probed(Aim aim, ProbeResult result) {
        ProbeResult before = last.get(aim);
        if (before == null || before.outcome() != Outcome.OK) {
            last.put(aim, result);
        }
        if (result.accepted()) {
            keep(accepted.computeIfAbsent(aim, a -> new ArrayDeque<>()), result);
        }
        news();
    }

    synchronized void arrived(Arrival arrival) {
        arrivals.removeIf(a -> a.port() == arrival.port() && a.peer().equals(arrival.peer()) && !a.accepted());
        keep(arrivals, arrival);
        news();
    }

    synchronized void listening(List<Listener> now) {
        listeners = List.copyOf(now);
        news();
    }

    synchronized void learnt(Facts now) {
        facts = now;
        witnessed = true;
        news();
    }

    private static <T> void keep(Deque<T> deque, T item) {
        if (deque.size() == KEPT) {
            deque.removeFirst();
        }
        deque.addLast(item);
    }

    private void news() {
        changes++;
        notifyAll();
    }

    /**
     * Waits until something new was seen.
     *
     * @param seen the number that this method returned before, 0 the first time
     * @param limit how long at most
     * @return a number that grows with each sighting
     * @throws InterruptedException if this thread is interrupted
     */
    public synchronized long await(long seen, Duration limit) throws InterruptedException {
        if (changes == seen) {
            TimeUnit.MILLISECONDS.timedWait(this, limit.toMillis());
        }
        return changes;
    }

    /**
     * The last word on a cell: its first answer with bytes, or the latest attempt.
     *
     * @param aim which cell
     * @return nothing if no attempt has ended yet
     */
    public synchronized Optional<ProbeResult> last(Aim aim) {
        return Optional.ofNullable(last.get(aim));
    }

    /**
     * The arrival that is surely a probe of this cell: it came from the probe's own address and port, so nothing
     * translated it on the way.
     *
     * @param aim which cell
     * @return the arrival, an accepted one before any other
     */
    public synchronized Optional<Arrival> untranslated(Aim aim) {
        Arrival found = null;
        for (ProbeResult attempt : accepted.getOrDefault(aim, new ArrayDeque<>())) {
            for (Arrival arrival : arrivals) {
                if (arrival.port() == aim.port().number() && same(arrival.peer(), attempt.local())) {
                    found = found == null || arrival.accepted() ? arrival : found;
                }
            }
        }
        return Optional.ofNullable(found);
    }

    /**
     * The arrivals at a port that were first seen from a point in time on, leaving out those that are some probe's own.
     *
     * @param port the service's port
     * @param fromMillis since the epoch
     * @return in the order seen
     */
    public synchronized List<Arrival> translated(int port, long fromMillis) {
        List<Arrival> found = new ArrayList<>();
        for (Arrival arrival : arrivals) {
            if (arrival.port() == port && arrival.atMillis() >= fromMillis) {
                if (accepted.values().stream()
                        .noneMatch(tries -> tries.stream().anyMatch(t -> same(arrival.peer(), t.local())))) {
                    found.add(arrival);
                }
            }
        }
        return found;
    }

    private static boolean same(InetSocketAddress peer, @Nullable InetSocketAddress local) {
        return local != null
                && peer.getPort() == local.getPort()
                && java.util.Arrays.equals(
                        peer.getAddress().getAddress(), local.getAddress().getAddress());
    }

    /**
     * The sockets that accept in the service's namespace.
     *
     * @return the latest list
     */
    public synchronized List<Listener> listeners() {
        return listeners;
    }

    /**
     * What the namespace has.
     *
     * @return the latest facts
     */
    public synchronized Facts facts() {
        return facts;
    }

    /**
     * Whether a witness has reported at all.
     *
     * @return false while nobody looks
     */
    public synchronized boolean witnessed() {
        return witnessed;
    }
}
