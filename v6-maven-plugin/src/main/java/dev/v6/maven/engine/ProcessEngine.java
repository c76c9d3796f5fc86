// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import java.time.Duration;

/**
 * A JVM of its own on this machine, where no Docker Engine is: what the service listens on and who it answers is the
 * same as in a container; what an engine publishes, translates or filters is not seen.
 */
public final class ProcessEngine implements Engine {

    @Override
    public String kind() {
        return "process";
    }

    @Override
    public String version() {
        return "Java " + Runtime.version();
    }

    @Override
    public RunningService start(Service service, Sightings sightings, Duration lifetime)
            throws EngineException, InterruptedException {
        if (service.program() == null) {
            throw new EngineException("The process engine runs the project's main class, and none was found. Name it in"
                    + " jib's <container><mainClass> or with -Dv6.mainClass=CLASS, or start a Docker Engine and verify"
                    + " the image.");
        }
        if (Boolean.getBoolean("java.net.preferIPv4Stack")) {
            throw new EngineException("Maven itself runs with -Djava.net.preferIPv4Stack=true, so it cannot try IPv6."
                    + " Remove the flag from MAVEN_OPTS or .mvn/jvm.config and run v6:verify again.");
        }
        return ProcessRun.start(service, sightings);
    }
}
