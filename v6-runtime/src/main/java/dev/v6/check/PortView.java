// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.AddressText;
import dev.v6.Family;
import dev.v6.Outcome;
import dev.v6.probe.Exchange;
import dev.v6.probe.Probe;
import dev.v6.probe.ProbeResult;
import dev.v6.proc.Listener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * One TCP port: the sockets that listen on it, and the families in which others can reach them. The tables do not show
 * IPV6_V6ONLY, so where a socket is bound to a wildcard a connect decides.
 */
final class PortView {
    /** The kernel completes a handshake with itself at once, unless the backlog is full. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofMillis(150);

    private final int port;
    private final List<Listener> listeners;
    private final Set<Family> families = EnumSet.noneOf(Family.class);
    private final List<String> tries = new ArrayList<>();
    private final Map<InetAddress, ProbeResult> met = new HashMap<>();

    private PortView(int port, List<Listener> listeners) {
        this.port = port;
        this.listeners = listeners;
    }

    /**
     * Looks at a port.
     *
     * @param port which
     * @param listeners the TCP sockets that listen on it
     * @param own where to connect to
     * @return what serves it
     */
    static PortView of(int port, List<Listener> listeners, OwnAddresses own) {
        List<Listener> sorted = new ArrayList<>(listeners); // the kernel's tables have no order
        sorted.sort(Comparator.comparing(
                        (Listener listener) -> Family.of(listener.local().address()))
                .thenComparing(Listener::toString));
        PortView view = new PortView(port, List.copyOf(sorted));
        for (Family family : Family.values()) {
            if (view.serves(family, own)) {
                view.families.add(family);
            }
        }
        return view;
    }

    int port() {
        return port;
    }

    List<Listener> listeners() {
        return listeners;
    }

    /** Whether somebody listens, and on loopback addresses alone. */
    boolean loopbackOnly() {
        return !listeners.isEmpty() && listeners.stream().allMatch(Listener::loopback);
    }

    /** Whether some socket is bound to no particular address. */
    boolean wildcard() {
        return listeners.stream().anyMatch(Listener::wildcard);
    }

    /** The families in which others than this place itself can reach it. */
    Set<Family> families() {
        return Collections.unmodifiableSet(families);
    }

    /**
     * What was seen: the sockets as the tables have them, and how connects ended.
     *
     * @param holder what to say of who holds a socket, empty for nothing
     */
    String evidence(Function<Listener, String> holder) {
        List<String> seen = new ArrayList<>();
        for (Listener listener : listeners) {
            seen.add(listener + holder.apply(listener));
        }
        seen.addAll(tries);
        return String.join("; ", seen);
    }

    private boolean serves(Family family, OwnAddresses own) {
        boolean byItself = false;
        boolean byWildcard = false;
        for (Listener listener : listeners) {
            boolean can = listener.families().contains(family);
            byItself |= can && !listener.wildcard() && !listener.loopback();
            byWildcard |= can && listener.wildcard();
        }
        return byItself || (wildcard() && connects(family, own, byWildcard));
    }

    private boolean connects(Family family, OwnAddresses own, boolean byTheTable) {
        for (InetAddress address : own.of(family)) {
            if (boundTo(address)) {
                continue; // that other socket would answer
            }
            ProbeResult result = connect(address);
            if (result.accepted() || result.outcome() == Outcome.REFUSED) {
                tries.add("a connect to " + AddressText.of(address, port) + " was "
                        + (result.accepted() ? "accepted" : "refused"));
                return result.accepted();
            }
        }
        return byTheTable; // a JVM without IPv6, for one, cannot try
    }

    /** A handshake and no more, one an address: a service has no more to do with it than with a port check. */
    ProbeResult connect(InetAddress address) {
        return met.computeIfAbsent(address, this::handshake);
    }

    private ProbeResult handshake(InetAddress address) {
        return Probe.brief(new InetSocketAddress(address, port), Exchange.LISTEN, CONNECT_TIMEOUT, Duration.ZERO);
    }

    private boolean boundTo(InetAddress address) {
        return listeners.stream()
                .anyMatch(listener -> listener.local().address().equals(address));
    }
}
