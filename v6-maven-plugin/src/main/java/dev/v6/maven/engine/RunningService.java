// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import dev.v6.probe.ProbeResult;
import java.util.List;
import java.util.Optional;

/** A service under test, its neighbour and its witness. Closing it removes everything that was made for it. */
public interface RunningService extends AutoCloseable {

    /**
     * What the matrix consists of here.
     *
     * @return one aim a cell, those without a target too
     */
    List<Aim> aims();

    /**
     * Where the service runs.
     *
     * @return what the diagnosis needs to know of it
     */
    Placement placement();

    /**
     * Whether and how the service ended by itself.
     *
     * @return nothing while it runs, else a sentence with its last lines
     * @throws EngineException if the engine does not answer any more
     */
    Optional<String> ended() throws EngineException;

    /**
     * Tries cells of the host's vantages once more, one after another, each connection held open for a moment, so that
     * the witness can tell whose it is.
     *
     * @param aims cells with {@link Vantage#HOST_ADDRESS} or {@link Vantage#HOST_LOOPBACK}
     * @return what each met, in the same order
     * @throws EngineException if the engine does not answer any more
     * @throws InterruptedException if this thread is interrupted
     */
    List<ProbeResult> again(List<Aim> aims) throws EngineException, InterruptedException;

    /** Removes everything that was made for this run, and waits until that is done. Never throws; what could not be removed is logged. */
    @Override
    void close();
}
