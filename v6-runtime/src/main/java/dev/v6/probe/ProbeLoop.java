// SPDX-License-Identifier: Apache-2.0
package dev.v6.probe;

import dev.v6.Outcome;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Probes several targets side by side, each again and again until it answers. Start-up, duplicate address detection and
 * proxies need time: one early look proves nothing.
 *
 * <p>Services that close on a GET without a word look like a proxy with nothing behind it. After such an end the next
 * attempt sends nothing, so that a witness has time to see the connection stand.
 */
public final class ProbeLoop implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(50);
    /**
     * For the first attempt; each later one takes twice as long as the one before. A SYN that is lost while a new address
     * is still checked for duplicates is sent again after a second: another attempt is through before that.
     */
    private static final Duration FIRST_TIMEOUT = Duration.ofMillis(300);

    private static final Duration QUIET_TIMEOUT = Duration.ofMillis(500);

    private final Duration attemptTimeout;
    private final Consumer<ProbeResult> onResult;
    private final List<Lane> lanes = new ArrayList<>();

    private volatile boolean closed;

    private ProbeLoop(Duration attemptTimeout, Consumer<ProbeResult> onResult) {
        this.attemptTimeout = attemptTimeout;
        this.onResult = onResult;
    }

    /**
     * Starts one daemon thread a target.
     *
     * @param targets resolved addresses and ports
     * @param attemptTimeout for one attempt; the first ones take less
     * @param onResult told, on the target's own thread, of every attempt that was accepted or ended otherwise than the
     *     one before; the last one told of a target that answers is {@link Outcome#OK}
     * @return the running loop
     */
    public static ProbeLoop start(
            List<InetSocketAddress> targets, Duration attemptTimeout, Consumer<ProbeResult> onResult) {
        ProbeLoop loop = new ProbeLoop(attemptTimeout, onResult);
        for (InetSocketAddress target : targets) {
            loop.lanes.add(loop.new Lane(target));
        }
        for (Lane lane : loop.lanes) {
            lane.thread.start();
        }
        return loop;
    }

    /**
     * Waits until every target has answered.
     *
     * @param limit how long at most
     * @return whether all have
     * @throws InterruptedException if this thread is interrupted
     */
    public boolean await(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        for (Lane lane : lanes) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            lane.thread.join(Math.max(1, left));
            if (lane.thread.isAlive()) {
                return false;
            }
        }
        return true;
    }

    /** Ends the attempts that still run. */
    @Override
    public void close() {
        closed = true;
        for (Lane lane : lanes) {
            lane.stop();
        }
    }

    private final class Lane {
        private final InetSocketAddress target;
        private final Thread thread;

        private volatile @Nullable Probe current;

        Lane(InetSocketAddress target) {
            this.target = target;
            this.thread = new Thread(this::run, "v6-probe-" + target.getPort());
            thread.setDaemon(true);
        }

        void stop() {
            thread.interrupt();
            Probe probe = current;
            if (probe != null) {
                probe.cancel();
            }
        }

        private void run() {
            Outcome last = null;
            boolean quiet = false;
            Duration timeout = shorter(FIRST_TIMEOUT, attemptTimeout);
            while (!closed) {
                Probe probe = Probe.prepare(
                        target,
                        quiet ? Exchange.LISTEN : Exchange.HTTP,
                        quiet ? QUIET_TIMEOUT : timeout,
                        Duration.ZERO);
                current = probe;
                ProbeResult result = probe.run();
                if (closed) {
                    return;
                }
                if (result.accepted() || result.outcome() != last) {
                    onResult.accept(result);
                }
                if (result.outcome() == Outcome.OK || !pause()) {
                    return;
                }
                if (result.outcome() == Outcome.TIMEOUT) {
                    timeout = shorter(timeout.multipliedBy(2), attemptTimeout);
                }
                last = result.outcome();
                quiet = !quiet && last == Outcome.CLOSED_EARLY;
            }
        }

        private static Duration shorter(Duration one, Duration other) {
            return one.compareTo(other) < 0 ? one : other;
        }

        private boolean pause() {
            try {
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
                return true;
            } catch (InterruptedException e) {
                return false; // only close() interrupts
            }
        }
    }
}
