// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import dev.v6.proc.Listener;
import dev.v6.proc.ProcFs;
import dev.v6.proc.SocketEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Reads the tables of its own network namespace again and again, and reports what is new: which connections arrived, in
 * which family and from whom, whatever stands between them and the one who connected.
 */
final class Witness {
    private static final Duration BETWEEN_READINGS = Duration.ofMillis(15);
    private static final Duration BETWEEN_WHOLE_READINGS = Duration.ofMillis(250);
    private static final Duration LOCALHOST_PATIENCE = Duration.ofMillis(100);

    private final ProcFs proc;
    private final WatchedSockets sockets;
    private final WitnessOutput output;
    private final ListenerWatch listenerWatch = new ListenerWatch();
    private final ArrivalLog arrivals = new ArrivalLog();
    private final LocalhostLookup localhost = new LocalhostLookup();

    private String lastFacts = "";

    Witness(ProcFs proc, Set<Integer> ports, WitnessOutput output) {
        this.proc = proc;
        this.sockets = new WatchedSockets(proc, ports);
        this.output = output;
    }

    /**
     * Reports until the time is over, nobody reads any more, or this thread is interrupted.
     *
     * @param limit how long
     */
    void run(Duration limit) {
        localhost.start();
        long start = System.nanoTime();
        try {
            localhost.join(LOCALHOST_PATIENCE.toMillis());
            long wholeAt = start;
            do {
                long now = System.nanoTime();
                boolean whole = now - wholeAt >= 0;
                if (whole || !sockets.settled()) {
                    sockets.readAll();
                } else {
                    sockets.readWatched();
                }
                if (whole) {
                    facts(sockets.problems());
                    wholeAt = now + BETWEEN_WHOLE_READINGS.toNanos();
                }
                reading(sockets.rows());
                pause(System.nanoTime() - now);
            } while (System.nanoTime() - start < limit.toNanos() && !output.broken());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Leaves the processor to the service while that starts, and never takes more than half of one. */
    private void pause(long took) throws InterruptedException {
        long least = sockets.settled() ? took : 3 * took;
        TimeUnit.NANOSECONDS.sleep(Math.max(BETWEEN_READINGS.toNanos() - took, least));
    }

    private void facts(List<String> problems) {
        NamespaceFacts facts = NamespaceFacts.read(proc, localhost.addresses(), problems);
        String text = facts.toJson().toString();
        if (!text.equals(lastFacts)) {
            lastFacts = text;
            output.facts(facts);
        }
    }

    private void reading(List<SocketEntry> rows) {
        List<Listener> listeners = new ArrayList<>();
        List<Arrival> news = new ArrayList<>();
        long now = System.currentTimeMillis();
        arrivals.nextReading();
        for (SocketEntry socket : rows) {
            if (socket.listening()) {
                Listener listener = Listener.of(socket);
                if (!listener.embeddedDns()) {
                    listeners.add(listener);
                }
            } else {
                Arrival arrival = arrivals.row(socket, now);
                if (arrival != null) {
                    news.add(arrival);
                }
            }
        }
        arrivals.forgetWhatIsGone();
        List<Listener> changed = listenerWatch.changed(listeners);
        if (changed != null) {
            output.listeners(changed);
        }
        for (Arrival arrival : news) {
            output.arrival(arrival);
        }
    }
}
