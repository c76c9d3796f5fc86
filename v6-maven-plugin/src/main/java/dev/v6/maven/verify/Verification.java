// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.verify;

import dev.v6.Family;
import dev.v6.Outcome;
import dev.v6.Protocol;
import dev.v6.maven.engine.Aim;
import dev.v6.maven.engine.Engine;
import dev.v6.maven.engine.EngineException;
import dev.v6.maven.engine.Port;
import dev.v6.maven.engine.RunningService;
import dev.v6.maven.engine.Service;
import dev.v6.maven.engine.Sightings;
import dev.v6.maven.engine.Vantage;
import dev.v6.probe.ProbeResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Runs a service in an engine, tries every cell, and says what came of it. */
public final class Verification {
    /** For making and removing things, beside the waiting itself. */
    private static final Duration OVERHEAD = Duration.ofMinutes(10);

    private Verification() {}

    /**
     * From the start of the service to the verdict. The service is gone when this returns.
     *
     * @param engine what runs the service
     * @param service what to run
     * @param limits how long to wait
     * @param progress told of how far it is
     * @return the verdict and all that led to it
     * @throws EngineException if the service could not be run or did not stay up, with what to do
     * @throws InterruptedException if this thread is interrupted; nothing is left behind
     */
    public static Result run(Engine engine, Service service, Limits limits, Progress progress)
            throws EngineException, InterruptedException {
        Sightings sightings = new Sightings();
        Duration lifetime = limits.startup().plus(limits.cell()).plus(OVERHEAD);
        try (RunningService running = engine.start(service, sightings, lifetime)) {
            new Trial(running, sightings, limits, progress).run();
            Set<Family> reachable = families(running.aims());
            Attribution attribution = new Attribution(running, sightings, reachable);
            attribution.run();
            List<Cell> cells = new ArrayList<>();
            for (Aim aim : running.aims()) {
                cells.add(cell(aim, sightings, attribution, running.placement().required()));
            }
            Diagnosis.Evidence evidence = new Diagnosis.Evidence(
                    running.placement(), cells, sightings.listeners(), sightings.facts(), untried(service));
            Thread removal = new Thread(running::close, "v6-remove"); // meanwhile: an engine takes its time for it
            removal.start();
            try {
                return Diagnosis.of(engine, evidence);
            } finally {
                removal.join();
            }
        }
    }

    /** What was asked for and no cell is made of. */
    private static List<Port> untried(Service service) {
        return service.ports().stream()
                .filter(port -> port.protocol() != Protocol.TCP)
                .toList();
    }

    /** The families that the service has an address of, beyond its own loopback. */
    private static Set<Family> families(List<Aim> aims) {
        Set<Family> families = EnumSet.noneOf(Family.class);
        boolean neighbours = aims.stream().anyMatch(aim -> aim.vantage() == Vantage.NEIGHBOUR);
        for (Aim aim : aims) {
            if (!neighbours || (aim.vantage() == Vantage.NEIGHBOUR && aim.target() != null)) {
                families.add(aim.family());
            }
        }
        return families;
    }

    private static Cell cell(Aim aim, Sightings sightings, Attribution attribution, Set<Family> required) {
        boolean wanted = required.contains(aim.family());
        ProbeResult last = sightings.last(aim).orElse(null);
        if (aim.target() == null) {
            return new Cell(aim, Outcome.NO_ADDRESS, Passage.UNKNOWN, false, false, 0, aim.absence(), null);
        }
        if (last == null) {
            return new Cell(aim, Outcome.TIMEOUT, Passage.UNKNOWN, false, wanted, 0, "no attempt ended in time", null);
        }
        boolean taken = last.outcome() != Outcome.OK && attribution.taken(aim);
        Outcome outcome = taken ? Outcome.OK : last.outcome();
        return new Cell(
                aim,
                outcome,
                attribution.passage(aim, outcome),
                last.accepted(),
                wanted && outcome != Outcome.NO_ADDRESS,
                last.took().toMillis(),
                taken ? "the witness saw the service take the connection" : last.detail(),
                null);
    }

    /**
     * The ports among these that cells are made of.
     *
     * @param cells a matrix
     * @return each once, in order
     */
    static List<Port> ports(List<Cell> cells) {
        return cells.stream().map(cell -> cell.aim().port()).distinct().sorted().toList();
    }
}
