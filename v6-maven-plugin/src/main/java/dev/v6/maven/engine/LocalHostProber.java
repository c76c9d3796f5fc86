// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import dev.v6.Family;
import dev.v6.probe.Exchange;
import dev.v6.probe.Probe;
import dev.v6.probe.ProbeLoop;
import dev.v6.probe.ProbeResult;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The engine's host is this process's own network namespace. */
final class LocalHostProber implements HostProber {
    private final Sightings sightings;
    private final List<ProbeLoop> loops = new ArrayList<>();

    LocalHostProber(Sightings sightings) {
        this.sightings = sightings;
    }

    @Override
    public Map<Family, InetAddress> addresses() {
        return HostAddresses.here();
    }

    @Override
    public void probe(List<Aim> aims) {
        for (Aim aim : aims) {
            InetSocketAddress target = aim.target();
            if (target != null && (aim.vantage() == Vantage.HOST_ADDRESS || aim.vantage() == Vantage.HOST_LOOPBACK)) {
                loops.add(ProbeLoop.start(List.of(target), ATTEMPT, result -> sightings.probed(aim, result)));
            }
        }
    }

    @Override
    public List<ProbeResult> again(List<Aim> aims) {
        List<ProbeResult> results = new ArrayList<>();
        for (Aim aim : aims) {
            InetSocketAddress target = aim.target();
            if (target != null) {
                results.add(Probe.held(target, Exchange.LISTEN, HOLD, HOLD));
            }
        }
        return results;
    }

    @Override
    public void close() {
        loops.forEach(ProbeLoop::close);
    }
}
