// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The start of a wire and of the servers on it. What asking takes is loaded on a thread of its own, so that nobody waits for
 * it; a first question to each server has what asking takes loaded as well, and shows who answers. One class for all its
 * steps, which are run one after the other: each class more is loaded beside a service's own start.
 */
final class Starting implements Runnable {
    private final Supplier<Wire> wires;
    private final List<Server> named;
    private final List<String> domains;
    private final ResolvConf conf;
    private final CompletableFuture<Started> started = new CompletableFuture<>();
    private @Nullable Wire wire;
    private @Nullable Started now;

    private Starting(Supplier<Wire> wires, List<Server> named, List<String> domains, ResolvConf conf) {
        this.wires = wires;
        this.named = named;
        this.domains = domains;
        this.conf = conf;
    }

    static CompletableFuture<Started> inBackground(
            Supplier<Wire> wires, List<Server> named, List<String> domains, ResolvConf conf) {
        Starting starting = new Starting(wires, named, domains, conf);
        if (OwnThreads.here()) {
            starting.run(); // in the background already
        } else {
            OwnThreads.daemon("start", starting).start();
        }
        return starting.started;
    }

    /** The next step. */
    @Override
    public void run() {
        if (wire == null) {
            open();
        } else if (now == null) {
            ask(wire);
        } else {
            started.complete(now); // all have answered, or are late for everybody
        }
    }

    private void open() {
        try {
            Wire opened = wires.get();
            wire = opened;
            opened.run(this);
        } catch (RuntimeException | Error e) {
            started.completeExceptionally(notStarted(e)); // whatever it is: somebody may wait
        }
    }

    private void ask(Wire opened) {
        try {
            Roster roster = new Roster(opened, named, domains, conf);
            now = new Started(opened, roster);
            roster.begin(this);
            var unused = opened.later(Peer.LATE, this);
        } catch (RuntimeException | Error e) {
            started.completeExceptionally(notStarted(e));
            opened.close();
        }
    }

    private static IllegalStateException notStarted(Throwable e) {
        return new IllegalStateException(
                "v6's resolver could not be started: " + e + ". Check that the class path has one version of v6.", e);
    }
}
