// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.Family;
import dev.v6.proc.Listener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/**
 * The ports that were looked at.
 *
 * @param views each with what serves it, by port
 * @param leftOut how many others there are
 */
record PortViews(List<PortView> views, int leftOut) {
    /** Of a service with thousands of listeners, that many are enough to see what is wrong with them. */
    static final int MOST = 64;

    private static final int LAST_RANK = 2;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /**
     * Looks at ports, where there are too many at those first that look the worst.
     *
     * @param ports which
     * @param named whether the user named them: then all are looked at
     * @param listeners all the TCP listeners there are
     * @param own where to connect to
     */
    static PortViews of(Collection<Integer> ports, boolean named, List<Listener> listeners, OwnAddresses own) {
        Map<Integer, List<Listener>> byPort = new TreeMap<>();
        for (int port : ports) {
            byPort.put(port, new ArrayList<>());
        }
        for (Listener listener : listeners) {
            List<Listener> there = byPort.get(listener.local().port());
            if (there != null) {
                there.add(listener);
            }
        }
        Set<Integer> chosen = named || byPort.size() <= MOST ? byPort.keySet() : worst(byPort);
        List<Callable<PortView>> looks = new ArrayList<>();
        for (Map.Entry<Integer, List<Listener>> port : byPort.entrySet()) {
            if (chosen.contains(port.getKey())) {
                looks.add(new Look(port.getKey(), port.getValue(), own));
            }
        }
        List<PortView> views = new ArrayList<>();
        for (Optional<PortView> view : SideBySide.within(LIMIT, looks)) {
            if (view.isPresent()) {
                views.add(view.get());
            }
        }
        return new PortViews(List.copyOf(views), byPort.size() - views.size());
    }

    private record Look(int port, List<Listener> listeners, OwnAddresses own) implements Callable<PortView> {
        @Override
        public PortView call() {
            return PortView.of(port, listeners, own);
        }
    }

    /** As many ports as are looked at, the lowest of each rank first. */
    private static Set<Integer> worst(Map<Integer, List<Listener>> byPort) {
        Set<Integer> worst = new HashSet<>();
        for (int rank = 0; rank <= LAST_RANK; rank++) {
            for (Map.Entry<Integer, List<Listener>> port : byPort.entrySet()) {
                if (worst.size() < MOST && rank(port.getValue()) == rank) {
                    worst.add(port.getKey());
                }
            }
        }
        return worst;
    }

    /** One family by the tables already; both by them; none but for its own namespace. */
    private static int rank(List<Listener> listeners) {
        Set<Family> families = EnumSet.noneOf(Family.class);
        for (Listener listener : listeners) {
            if (!listener.loopback()) {
                families.addAll(listener.families());
            }
        }
        return families.isEmpty() ? LAST_RANK : families.size() == 1 ? 0 : 1;
    }

    /** What is to be said of the others. */
    List<String> notes() {
        return leftOut == 0
                ? List.of()
                : List.of("Of " + (views.size() + leftOut) + " TCP ports " + views.size()
                        + " were looked at, those first that serve one family by the tables. Name the service's own"
                        + " with v6.check.ports, or --port on the command line, to have them all looked at.");
    }
}
