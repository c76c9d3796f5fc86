// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import dev.v6.AddressText;
import dev.v6.Family;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One name on its way: the names that the search list makes of it, one after the other, until one has an address. It
 * always ends, at its time at the latest. All on the wire's thread but for waiting on its futures.
 */
final class Lookup {
    private final String name;
    private final Duration limit;
    private final boolean traced;
    private final UnaryOperator<Outcome> settle;
    private final CompletableFuture<Outcome> whole = new CompletableFuture<>();
    private final Map<Family, CompletableFuture<List<InetAddress>>> parts = new EnumMap<>(Family.class);
    private final List<Heard> heard = new ArrayList<>(2);
    private final List<Reply> verdicts = new ArrayList<>(2);
    private final List<Step> steps = new ArrayList<>(0);
    private List<String> candidates = List.of();
    private @Nullable Wire wire;
    private @Nullable Roster roster;
    private @Nullable ResolvConf conf;
    private @Nullable NameAsking asking;
    private Wire.@Nullable Alarm alarm;
    private long began;
    private int at;
    private boolean expired;
    private boolean failed;

    private record Heard(long when, Asking.Step step) {}

    /**
     * Prepares a look-up.
     *
     * @param name as {@link DnsName#normal} gives it
     * @param limit for everything together
     * @param traced whether its steps are wanted
     * @param settle given the outcome before everybody else is, makes of it what these get
     */
    Lookup(String name, Duration limit, boolean traced, UnaryOperator<Outcome> settle) {
        this.name = name;
        this.limit = limit;
        this.traced = traced;
        this.settle = settle;
        for (Family family : Family.values()) {
            parts.put(family, new CompletableFuture<>());
        }
    }

    CompletableFuture<Outcome> whole() {
        return whole;
    }

    /** Waits for the end. */
    Outcome await(long nanos, boolean interruptible) throws InterruptedException, ExecutionException, TimeoutException {
        return Waiting.on(whole, nanos, interruptible);
    }

    /** A family's addresses, which may be there before the other family's. */
    CompletableFuture<List<InetAddress>> part(Family family) {
        return parts.getOrDefault(family, new CompletableFuture<>());
    }

    void begin(Wire on, Roster with) {
        try {
            start(on, with);
        } catch (RuntimeException | LinkageError e) {
            fail("'" + name + "' could not be asked for: " + e + ". Check that the class path has one version of v6.");
        }
    }

    private void start(Wire on, Roster with) {
        wire = on;
        roster = with;
        conf = with.conf();
        began = on.now();
        candidates = SearchList.candidates(name, with.conf());
        alarm = on.later(limit, this::expire);
        with.lookAgain();
        ask(on, with);
    }

    private void ask(Wire on, Roster with) {
        String candidate = candidates.get(at);
        Way way = with.way(candidate);
        Sides sides = with.sides(way);
        if (sides.first().isEmpty()) {
            end(Outcome.Kind.FAILED, Map.of(), "no server is known. Name one in v6.dns.servers.");
            return;
        }
        if (traced) {
            note("v6", candidate, "asks " + sides.first().get(0).server() + " first");
        }
        ResolvOptions options = with.conf().options();
        List<Family> families =
                options.has("no-aaaa") ? List.of(Family.IPV4) : List.of(Family.IPV6, Family.IPV4); // RFC 8305, 3
        asking = new NameAsking(
                on,
                candidate,
                families,
                sides,
                new NameAsking.Settings(options.has("use-vc"), options.has("single-request")),
                (family, reply) -> part(family).complete(reply.addresses()),
                said -> concluded(on, with, way, said),
                this::heard);
        asking.begin();
    }

    private void heard(Asking.Step step) {
        heard.add(new Heard(wire == null ? began : wire.now(), step));
    }

    private void expire() {
        expired = true;
        try {
            if (asking != null) {
                asking.conclude();
            }
        } finally {
            if (!whole.isDone()) {
                fail("'" + name + "' could not be looked up within " + limit.toMillis() + " ms.");
            }
        }
    }

    private void concluded(Wire on, Roster with, Way way, Map<Family, Reply> said) {
        if (said.values().stream().anyMatch(Reply::answer)) {
            with.learn(candidates.get(at), way, said);
            noteEmbedded(with, said.get(Family.IPV6));
            end(Outcome.Kind.FOUND, said, "");
            return;
        }
        verdicts.addAll(said.values());
        boolean missing = said.values().stream().anyMatch(reply -> reply.kind() == Reply.Kind.NO_NAME)
                || said.values().stream().allMatch(reply -> reply.kind().negative());
        boolean servfail = said.values().stream()
                .allMatch(reply -> reply.kind().negative() || reply.kind() == Reply.Kind.SERVFAIL);
        failed |= !missing;
        // As glibc: a domain whose servers are silent ends the search, and the name as it stands comes last.
        at = missing || servfail ? at + 1 : Math.max(at + 1, candidates.size() - 1);
        if (at < candidates.size() && !expired) {
            ask(on, with);
        } else {
            end(failed ? Outcome.Kind.FAILED : Outcome.Kind.MISSING, Map.of(), sentence());
        }
    }

    private void noteEmbedded(Roster with, @Nullable Reply ipv6) {
        if (ipv6 == null || !ipv6.answer() || ipv6.server().embedded()) {
            return;
        }
        for (Heard one : heard) {
            Reply reply = one.step().reply();
            if (reply.server().embedded()
                    && one.step().question().family() == Family.IPV6
                    && !reply.kind().settles()) {
                with.embeddedFailed(one.step().question().name() + ", which an upstream gave");
            }
        }
    }

    private void end(Outcome.Kind kind, Map<Family, Reply> said, String why) {
        if (alarm != null) {
            alarm.cancel();
        }
        Map<Family, String> sources = new EnumMap<>(Family.class);
        Set<Family> unsettled = EnumSet.noneOf(Family.class);
        said.forEach((family, reply) -> {
            if (reply.kind().settles()) {
                sources.put(family, reply.server().toString());
            } else {
                unsettled.add(family);
            }
        });
        Resolution resolution = new Resolution(
                kind == Outcome.Kind.FOUND ? candidates.get(at) : name,
                addresses(said.get(Family.IPV6)),
                addresses(said.get(Family.IPV4)),
                sources,
                false,
                traced ? steps() : List.of());
        tell(new Outcome(kind, resolution, unsettled, keep(kind, said), why));
    }

    private Duration keep(Outcome.Kind kind, Map<Family, Reply> said) {
        if (roster == null || !roster.conf().equals(conf)) {
            return Duration.ZERO; // these servers are not the ones to ask any more
        }
        return switch (kind) {
            case FOUND -> Lifetime.found(said.values());
            case MISSING -> Lifetime.missing(verdicts);
            case FAILED -> Duration.ZERO;
        };
    }

    /** Ends without having asked. Any thread. */
    void fail(String why) {
        Resolution none = new Resolution(name, List.of(), List.of(), Map.of(), false, List.of());
        tell(new Outcome(Outcome.Kind.FAILED, none, Set.of(), Duration.ZERO, why));
    }

    private void tell(Outcome outcome) {
        Outcome given = settle.apply(outcome);
        whole.complete(given);
        spread(given);
    }

    private void spread(Outcome outcome) {
        parts.forEach((family, part) -> {
            if (outcome.kind() != Outcome.Kind.FOUND) {
                part.completeExceptionally(new UnknownHostException(outcome.why()));
            } else if (outcome.unsettled().contains(family)) {
                part.completeExceptionally(
                        new UnknownHostException("No server could tell the " + family + " addresses of " + name + "."));
            } else {
                part.complete(outcome.resolution().of(family));
            }
        });
    }

    private static List<InetAddress> addresses(@Nullable Reply reply) {
        return reply == null ? List.of() : reply.addresses();
    }

    private void note(String who, String asked, String said) {
        steps.add(new Step(Duration.ofNanos(wire == null ? 0 : wire.now() - began), who, asked, said));
    }

    private List<Step> steps() {
        List<Step> all = new ArrayList<>(steps);
        for (Heard one : heard) {
            Question question = one.step().question();
            Reply reply = one.step().reply();
            String addresses = reply.addresses().isEmpty()
                    ? ""
                    : ": "
                            + String.join(
                                    ", ",
                                    reply.addresses().stream()
                                            .map(AddressText::of)
                                            .toList());
            all.add(new Step(
                    Duration.ofNanos(one.when() - began),
                    reply.server().toString(),
                    question.type() + ' ' + question.name() + (question.tcp() ? " by TCP" : ""),
                    reply.kind() + addresses + (reply.alias().isEmpty() ? "" : ": " + reply.alias())));
        }
        all.sort(Comparator.comparing(Step::at));
        return all;
    }

    private String sentence() {
        Map<Server, Reply.Kind> last = new LinkedHashMap<>();
        for (Heard one : heard) {
            Reply reply = one.step().reply();
            // That nobody serves TCP there is not what was wrong first.
            if (!one.step().question().tcp() || reply.kind().heard() || !last.containsKey(reply.server())) {
                last.put(reply.server(), reply.kind());
            }
        }
        StringBuilder said = new StringBuilder("'").append(name).append('\'');
        said.append(failed ? " could not be looked up" : " has no address");
        last.forEach(
                (server, kind) -> said.append(last.keySet().iterator().next().equals(server) ? ": " : ", ")
                        .append(server)
                        .append(' ')
                        .append(kind));
        if (last.isEmpty()) {
            said.append(": no server has answered in ").append(limit.toMillis()).append(" ms");
        }
        return said.append(failed ? ". Check that these servers are up and reachable." : ". Check the name.")
                .toString();
    }
}
