// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import java.time.Duration;

/** What runs a service under test. */
public interface Engine {

    /**
     * Which kind.
     *
     * @return {@code docker} or {@code process}
     */
    String kind();

    /**
     * Which version of it.
     *
     * @return for example {@code 28.5.2}, or the Java version of the process engine
     */
    String version();

    /**
     * Runs the service and begins to try it from every vantage that exists here.
     *
     * @param service what to run
     * @param sightings told of everything that is seen, from now until the service is closed
     * @param lifetime after which nothing of it may be needed any more, the bound for what a killed run leaves behind
     * @return the running service; the caller closes it
     * @throws EngineException if it cannot be run; nothing is left behind
     * @throws InterruptedException if this thread is interrupted; nothing is left behind
     */
    RunningService start(Service service, Sightings sightings, Duration lifetime)
            throws EngineException, InterruptedException;
}
