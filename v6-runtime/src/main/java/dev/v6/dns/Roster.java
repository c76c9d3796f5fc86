// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import dev.v6.Finding;
import dev.v6.FindingCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The servers of the moment, how each is, and which names only the embedded DNS knew. All on the wire's thread. */
final class Roster implements Function<Server, Reach> {
    private static final int MOST_REMEMBERED = 1000;

    private final Wire wire;
    private final List<Server> named;
    private final List<String> domains;
    private final Map<Server, Peer> peers = new HashMap<>();
    private final Map<Server, Reach> reach = new HashMap<>();
    private final Set<String> foundThere = Collections.newSetFromMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_REMEMBERED;
        }
    });
    private ResolvConf conf;
    private Upstreams chosen;
    private List<Peer> upstreams = List.of();
    private List<Peer> system = List.of();
    private boolean embedded;
    private int rotation;
    private int toProve;
    private @Nullable String embeddedFailed;
    private @Nullable Runnable proved;

    /** What is known after the servers that need it were asked once. */
    private volatile boolean upstreamKnown = true;

    Roster(Wire wire, List<Server> named, List<String> domains, ResolvConf conf) {
        this.wire = wire;
        this.named = named;
        this.domains = domains;
        this.conf = conf;
        this.chosen = choose();
        findPeers();
    }

    private Upstreams choose() {
        return Upstreams.choose(named, conf, this);
    }

    /** What is known of a server of the engine's. */
    @Override
    public Reach apply(Server server) {
        return reach.getOrDefault(server, Reach.UNPROVEN);
    }

    /** Takes up another resolv.conf. What is known of a server that is in both stays. */
    void update(ResolvConf now) {
        conf = now;
        foundThere.clear();
        chooseAnew();
        prove();
    }

    /** Asks every server once, and tells when all have answered or not. */
    void begin(Runnable whenProved) {
        for (Server server : chosen.servers()) {
            toProve++;
            peer(server).prove(new Proof(server, true));
        }
        prove();
        proved = whenProved;
        chooseAnew();
    }

    /** Asks the engine's servers that are not known yet. */
    private void prove() {
        for (Server server : chosen.unproven()) {
            peer(server).prove(new Proof(server, false));
        }
    }

    /** Hears whether a server answers. */
    private final class Proof implements Consumer<Reply> {
        private final Server server;
        private final boolean trusted;

        /**
         * Waits for a reply.
         *
         * @param trusted whether the server counts whatever comes
         */
        Proof(Server server, boolean trusted) {
            this.server = server;
            this.trusted = trusted;
        }

        @Override
        public void accept(Reply reply) {
            if (trusted) {
                toProve--;
            } else {
                reach.put(server, reply.kind().heard() ? Reach.ANSWERS : Reach.SILENT);
            }
            chooseAnew();
        }
    }

    private void chooseAnew() {
        chosen = choose();
        findPeers();
        upstreamKnown = !chosen.servers().isEmpty() || !chosen.unproven().isEmpty();
        if (proved != null && toProve == 0 && chosen.unproven().isEmpty()) {
            Runnable told = proved;
            proved = null;
            told.run();
        }
    }

    /** Whether there is anybody to ask but the embedded DNS. Any thread. */
    boolean upstreamKnown() {
        return upstreamKnown;
    }

    /** Sees whether those that did not answer are back, each at its time. */
    void lookAgain() {
        boolean back = false;
        for (Peer peer : peers.values()) {
            peer.proveIfDue();
            back |= peer.standing() == Peer.Standing.GOOD && reach.replace(peer.server(), Reach.SILENT, Reach.ANSWERS);
        }
        if (back) {
            chooseAnew();
        }
    }

    private void findPeers() {
        upstreams = peers(chosen.servers());
        system = peers(chosen.system());
        embedded = false;
        for (Server server : chosen.system()) {
            embedded |= server.embedded();
        }
    }

    private List<Peer> peers(List<Server> servers) {
        List<Peer> found = new ArrayList<>(servers.size());
        for (Server server : servers) {
            found.add(peer(server));
        }
        return Collections.unmodifiableList(found);
    }

    private Peer peer(Server server) {
        Peer peer = peers.get(server);
        if (peer == null) {
            peer = new Peer(server, wire);
            peers.put(server, peer);
        }
        return peer;
    }

    ResolvConf conf() {
        return conf;
    }

    Way way(String name) {
        return Way.of(name, embedded, foundThere::contains, domains);
    }

    Sides sides(Way way) {
        if (chosen.servers().isEmpty()) {
            // Not trusted yet, but better than to give up.
            return Sides.of(Way.SYSTEM_FIRST, peers(chosen.unproven()), system);
        }
        if (!conf.options().has("rotate")) {
            return Sides.of(way, upstreams, system);
        }
        List<Peer> rotated = new ArrayList<>(upstreams);
        Collections.rotate(rotated, -(rotation++ % rotated.size()));
        return Sides.of(way, rotated, system);
    }

    /** Learns from an answer where to ask for the name the next time. */
    void learn(String name, Way way, Map<?, Reply> verdicts) {
        boolean there = verdicts.values().stream()
                .anyMatch(reply -> reply.answer() && reply.server().embedded());
        boolean elsewhere = verdicts.values().stream()
                .anyMatch(reply -> reply.answer() && !reply.server().embedded());
        if (there && way == Way.UPSTREAMS_FIRST) {
            foundThere.add(name);
        } else if (elsewhere) {
            foundThere.remove(name);
        }
    }

    /** The embedded DNS failed for an IPv6 address: of what, and how that is known. */
    void embeddedFailed(String what) {
        embeddedFailed = what;
    }

    List<Peer> upstreamPeers() {
        return upstreams;
    }

    List<Peer> embeddedPeers() {
        return system.stream().filter(peer -> peer.server().embedded()).toList();
    }

    /** All, in the order in which they are asked for names that are nobody's in particular. */
    List<Server> servers() {
        List<Server> servers = new ArrayList<>(chosen.servers());
        servers.addAll(chosen.system());
        return servers;
    }

    /** The upstreams that answer; empty while that is not known of each. */
    Optional<List<Server>> answering() {
        if (!chosen.unproven().isEmpty()
                || chosen.servers().stream().anyMatch(server -> !peer(server).known())) {
            return Optional.empty();
        }
        return Optional.of(chosen.servers().stream()
                .filter(server -> peer(server).standing() != Peer.Standing.ASIDE)
                .toList());
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>(conf.findings());
        findings.addAll(chosen.findings());
        for (Server server : chosen.servers()) {
            if (peer(server).standing() == Peer.Standing.ASIDE) {
                findings.add(Finding.of(
                        FindingCode.UPSTREAM_OUT_OF_REACH,
                        server + ", named in " + server.origin() + ", does not answer."));
            }
        }
        if (embeddedFailed != null) {
            findings.add(Finding.of(
                    FindingCode.EMBEDDED_NO_AAAA, "127.0.0.11 failed for the AAAA of " + embeddedFailed + "."));
        }
        return findings;
    }
}
