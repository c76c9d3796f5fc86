// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import dev.v6.Family;
import dev.v6.probe.ProbeResult;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Tries the published ports from the engine's host, wherever that is. */
interface HostProber extends AutoCloseable {
    /** Long enough for a witness that looks every few milliseconds, also on a busy machine. */
    Duration HOLD = Duration.ofMillis(80);

    Duration ATTEMPT = Duration.ofSeconds(2);

    /** The host's own address of each family that it has. */
    Map<Family, InetAddress> addresses() throws EngineException, InterruptedException;

    /** Begins to try the host's cells among these, until they answer or this is closed. */
    void probe(List<Aim> aims) throws InterruptedException;

    /** Tries once more, one after another, each connection held for {@link #HOLD}. */
    List<ProbeResult> again(List<Aim> aims) throws InterruptedException;

    @Override
    void close();
}
