// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.verify;

import dev.v6.Family;
import dev.v6.Outcome;
import dev.v6.maven.engine.Aim;
import dev.v6.maven.engine.Arrival;
import dev.v6.maven.engine.EngineException;
import dev.v6.maven.engine.RunningService;
import dev.v6.maven.engine.Sightings;
import dev.v6.maven.engine.Vantage;
import dev.v6.probe.ProbeResult;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells which arrival belongs to which cell. One that kept its source address and port needs no thought. Behind a
 * userland proxy the source is the gateway's: there the cells are tried once more, one at a time, and what arrives while
 * one of them holds its connection is its own.
 */
final class Attribution {
    /** A translated arrival is believed only if it is seen each time: a busy machine may report one late. */
    private static final int ROUNDS = 3;

    private static final Duration REPORT = Duration.ofSeconds(1);

    private final RunningService service;
    private final Sightings sightings;
    private final Set<Family> containerFamilies;
    private final Set<InetAddress> gateways;
    private final Map<Aim, Arrival> attributed = new HashMap<>();

    Attribution(RunningService service, Sightings sightings, Set<Family> containerFamilies) {
        this.service = service;
        this.sightings = sightings;
        this.containerFamilies = containerFamilies;
        this.gateways = service.placement().gateways();
    }

    void run() throws EngineException, InterruptedException {
        List<Aim> open = new ArrayList<>();
        for (Aim aim : service.aims()) {
            Optional<Arrival> own = sightings.untranslated(aim);
            own.ifPresent(arrival -> attributed.put(aim, arrival));
            if (own.isEmpty() && mayBeTranslated(aim)) {
                open.add(aim);
            }
        }
        for (int round = 0; round < ROUNDS && !open.isEmpty(); round++) {
            for (Aim aim : List.copyOf(open)) {
                Optional<Arrival> arrival = alone(aim);
                if (arrival.isEmpty()) {
                    attributed.remove(aim); // once seen and once not is not seen
                } else {
                    attributed.put(aim, arrival.get());
                    if (arrival.get().family() == aim.family()) {
                        open.remove(aim);
                    }
                }
            }
        }
    }

    private boolean mayBeTranslated(Aim aim) {
        return !service.placement().direct()
                && (aim.vantage() == Vantage.HOST_ADDRESS || aim.vantage() == Vantage.HOST_LOOPBACK)
                && sightings.last(aim).filter(ProbeResult::accepted).isPresent();
    }

    /** What arrives while this cell alone holds a connection, and the one before has been reported. */
    private Optional<Arrival> alone(Aim aim) throws EngineException, InterruptedException {
        for (ProbeResult held : service.again(List.of(aim))) {
            if (held.accepted() && held.outcome() != Outcome.CLOSED_EARLY) {
                return reported(aim, held);
            }
        }
        return Optional.empty();
    }

    private Optional<Arrival> reported(Aim aim, ProbeResult held) throws InterruptedException {
        long end = System.nanoTime() + REPORT.toNanos();
        long seen = 0;
        while (true) {
            for (Arrival arrival :
                    sightings.translated(aim.port().number(), held.started().toEpochMilli())) {
                if (arrival.peer().equals(held.local())
                        || gateways.isEmpty()
                        || gateways.contains(arrival.peer().getAddress())) {
                    return Optional.of(arrival);
                }
            }
            if (System.nanoTime() > end) {
                return Optional.empty();
            }
            seen = sightings.await(seen, Duration.ofMillis(20));
        }
    }

    /** How the cell's connection reached the service. */
    Passage passage(Aim aim, Outcome outcome) {
        if (outcome != Outcome.OK) {
            return Passage.UNKNOWN;
        }
        if (service.placement().direct() || aim.vantage() == Vantage.INSIDE || aim.vantage() == Vantage.NEIGHBOUR) {
            return Passage.NATIVE; // it went to the service's own address, so nothing stood between
        }
        if (!containerFamilies.contains(aim.family())) {
            return Passage.PROXIED; // the service has no such address, so it was translated
        }
        Arrival arrival = attributed.get(aim);
        if (arrival == null) {
            return Passage.UNKNOWN;
        }
        return arrival.family() == aim.family() ? Passage.NATIVE : Passage.PROXIED;
    }

    /** Whether the witness saw the service take the cell's connection. */
    boolean taken(Aim aim) {
        Arrival arrival = attributed.get(aim);
        return arrival != null && arrival.accepted();
    }
}
