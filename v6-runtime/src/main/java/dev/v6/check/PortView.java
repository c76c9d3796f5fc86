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
import org.jspecify.annotations.Nullable;

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
        if (sorted.size() > 1) {
            sorted.sort(new ByFamily());
        }
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
        for (Listener listener : listeners) {
            if (!listener.loopback()) {
                return false;
            }
        }
        return !listeners.isEmpty();
    }

    /** Whether some socket is bound to no particular address. */
    boolean wildcard() {
        for (Listener listener : listeners) {
            if (listener.wildcard()) {
                return true;
            }
        }
        return false;
    }

    /** The families in which others than this place itself can reach it. */
    Set<Family> families() {
        return Collections.unmodifiableSet(families);
    }

    /**
     * What was seen: the sockets as the tables have them, and how connects ended.
     *
     * @param holders what to say of who holds each of the sockets, in their order; none to say nothing of that
     */
    String evidence(List<String> holders) {
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < listeners.size(); i++) {
            seen.add(listeners.get(i) + (holders.isEmpty() ? "" : holders.get(i)));
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

    /** Loopback first, for no firewall is likely to be there, and it need not be looked for. */
    private boolean connects(Family family, OwnAddresses own, boolean byTheTable) {
        ProbeResult told = firstToTell(List.of(family.loopback()));
        if (told == null) {
            told = firstToTell(own.beyondLoopback(family));
        }
        return told == null ? byTheTable : told.accepted(); // a JVM without IPv6, for one, cannot try
    }

    private @Nullable ProbeResult firstToTell(List<InetAddress> addresses) {
        for (InetAddress address : addresses) {
            if (boundTo(address)) {
                continue; // that other socket would answer
            }
            ProbeResult result = connect(address);
            if (result.accepted() || result.outcome() == Outcome.REFUSED) {
                tries.add("a connect to " + AddressText.of(address, port) + " was "
                        + (result.accepted() ? "accepted" : "refused"));
                return result;
            }
        }
        return null;
    }

    /** A handshake and no more, one an address: a service has no more to do with it than with a port check. */
    ProbeResult connect(InetAddress address) {
        ProbeResult result = met.get(address);
        if (result == null) {
            InetSocketAddress to = new InetSocketAddress(address, port);
            result = Probe.brief(to, Exchange.LISTEN, CONNECT_TIMEOUT, Duration.ZERO);
            met.put(address, result);
        }
        return result;
    }

    private boolean boundTo(InetAddress address) {
        for (Listener listener : listeners) {
            if (listener.local().address().equals(address)) {
                return true;
            }
        }
        return false;
    }

    /** IPv4 first, and within a family as they are printed. */
    private static final class ByFamily implements Comparator<Listener> {
        @Override
        public int compare(Listener one, Listener other) {
            int families = Family.of(one.local().address())
                    .compareTo(Family.of(other.local().address()));
            return families != 0 ? families : one.toString().compareTo(other.toString());
        }
    }
}
