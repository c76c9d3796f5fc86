// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A wire and the servers on it. What asking takes is loaded on a thread of its own, so that nobody waits for it; a
 * first question to each server has what asking takes loaded as well, and shows who answers.
 *
 * @param wire the wire
 * @param roster the servers
 */
record Started(Wire wire, Roster roster) {

    static CompletableFuture<Started> inBackground(
            Supplier<Wire> wires, List<Server> named, List<String> domains, Supplier<ResolvConf> conf) {
        CompletableFuture<Started> started = new CompletableFuture<>();
        OwnThreads.daemon("start", () -> start(wires, named, domains, conf, started))
                .start();
        return started;
    }

    private static void start(
            Supplier<Wire> wires,
            List<Server> named,
            List<String> domains,
            Supplier<ResolvConf> conf,
            CompletableFuture<Started> started) {
        try {
            Wire wire = wires.get();
            wire.run(() -> begin(wire, named, domains, conf, started));
        } catch (RuntimeException | Error e) {
            started.completeExceptionally(notStarted(e)); // whatever it is: somebody may wait
        }
    }

    private static void begin(
            Wire wire,
            List<Server> named,
            List<String> domains,
            Supplier<ResolvConf> conf,
            CompletableFuture<Started> started) {
        try {
            Roster roster = new Roster(wire, named, domains, conf.get());
            Started now = new Started(wire, roster);
            roster.begin(() -> started.complete(now));
            // Who does not answer by then is late for everybody.
            var unused = wire.later(Peer.LATE, () -> started.complete(now));
        } catch (RuntimeException | Error e) {
            started.completeExceptionally(notStarted(e));
            wire.close();
        }
    }

    private static IllegalStateException notStarted(Throwable e) {
        return new IllegalStateException(
                "v6's resolver could not be started: " + e + ". Check that the class path has one version of v6.", e);
    }
}
