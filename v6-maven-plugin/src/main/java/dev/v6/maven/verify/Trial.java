// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.verify;

import dev.v6.Outcome;
import dev.v6.Protocol;
import dev.v6.maven.engine.Aim;
import dev.v6.maven.engine.EngineException;
import dev.v6.maven.engine.Port;
import dev.v6.maven.engine.RunningService;
import dev.v6.maven.engine.Sightings;
import dev.v6.probe.ProbeResult;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Waits until every cell has answered, or has had its time. A verdict never rests on one early look: the clock of a cell
 * starts when the service listens on the cell's port, and until then runs the one for the start-up.
 */
final class Trial {
    private static final Duration LOOK_AT_SERVICE = Duration.ofMillis(500);
    private static final Duration SAY_SOMETHING = Duration.ofSeconds(5);

    private final RunningService service;
    private final Sightings sightings;
    private final Limits limits;
    private final Progress progress;
    private final List<Aim> aims;
    private final Set<Port> ports = new HashSet<>();
    private final long started = System.nanoTime();

    private long upSince;

    Trial(RunningService service, Sightings sightings, Limits limits, Progress progress) {
        this.service = service;
        this.sightings = sightings;
        this.limits = limits;
        this.progress = progress;
        this.aims = service.aims();
        aims.forEach(aim -> ports.add(aim.port()));
    }

    /** Returns when nothing more is to be waited for. */
    void run() throws EngineException, InterruptedException {
        long looked = started;
        long said = started;
        long seen = 0;
        while (!over()) {
            seen = sightings.await(seen, Duration.ofMillis(100));
            long now = System.nanoTime();
            if (now - looked > LOOK_AT_SERVICE.toNanos()) {
                looked = now;
                stillThere();
            }
            if (now - said > SAY_SOMETHING.toNanos()) {
                said = now;
                progress.say(status(Duration.ofNanos(now - started)));
            }
        }
        stillThere();
    }

    private void stillThere() throws EngineException {
        String end = service.ended().orElse(null);
        if (end != null) {
            throw new EngineException(end
                    + "\nMake the service stay up in this engine (its environment: v6.env; its command: v6.command) and"
                    + " run v6:verify again.");
        }
    }

    private boolean over() {
        if (aims.stream().allMatch(this::settled)) {
            return true;
        }
        long now = System.nanoTime();
        if (upSince == 0 && ports.stream().allMatch(this::up)) {
            upSince = now;
        }
        return upSince == 0
                ? now - started > limits.startup().toNanos()
                : now - upSince > limits.cell().toNanos();
    }

    private boolean settled(Aim aim) {
        return aim.target() == null || answered(aim);
    }

    private boolean answered(Aim aim) {
        return sightings.last(aim).map(ProbeResult::outcome).orElse(Outcome.TIMEOUT) == Outcome.OK
                || sightings.untranslated(aim).filter(a -> a.accepted()).isPresent();
    }

    private boolean up(Port port) {
        return sightings.listeners().stream()
                        .anyMatch(l -> l.protocol() == Protocol.TCP && l.local().port() == port.number())
                || aims.stream().anyMatch(aim -> aim.port().equals(port) && answered(aim));
    }

    private String status(Duration waited) {
        long answered = aims.stream().filter(this::answered).count();
        long all = aims.stream().filter(aim -> aim.target() != null).count();
        return (upSince == 0 ? "waiting for the service to listen on " + missing() : "waiting for the other cells")
                + ": " + answered + " of " + all + " cells answered after " + waited.toSeconds() + " s";
    }

    private String missing() {
        return String.join(
                ", ",
                ports.stream().filter(p -> !up(p)).sorted().map(Port::toString).toList());
    }
}
