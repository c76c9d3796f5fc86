// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import dev.v6.AddressText;
import dev.v6.Family;
import dev.v6.Literal;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** Time that moves only when a race has nothing to do, and hosts that answer when they are told to. In milliseconds. */
final class World implements ConnectRace.Connector<String> {
    private static final long MILLI = 1_000_000;

    /** What happened, as {@code millisecond what}. */
    final List<String> events = new ArrayList<>();

    final Names.Answers answers = new Names.Answers(new CompletableFuture<>(), new CompletableFuture<>());

    private final Map<InetAddress, Fate> fates = new HashMap<>();
    private final TreeMap<Long, List<Runnable>> plans = new TreeMap<>();
    private long now = 1000 * MILLI;
    private long began = now;
    private int open;

    private record Fate(long after, boolean refused) {}

    World connects(String address, long after) {
        fates.put(Literal.parse(address), new Fate(after, false));
        return this;
    }

    World refuses(String address, long after) {
        fates.put(Literal.parse(address), new Fate(after, true));
        return this;
    }

    World ipv6At(long at, String... addresses) {
        return at(at, () -> answers.ipv6().complete(addresses(addresses)));
    }

    World ipv4At(long at, String... addresses) {
        return at(at, () -> answers.ipv4().complete(addresses(addresses)));
    }

    World ipv6FailsAt(long at, IOException why) {
        return at(at, () -> answers.ipv6().completeExceptionally(why));
    }

    World ipv4FailsAt(long at, IOException why) {
        return at(at, () -> answers.ipv4().completeExceptionally(why));
    }

    World at(long millis, Runnable what) {
        if (millis == 0) {
            what.run();
        } else {
            plan(began + millis * MILLI, what);
        }
        return this;
    }

    private void plan(long at, Runnable what) {
        plans.computeIfAbsent(at, key -> new ArrayList<>()).add(what);
    }

    static List<InetAddress> addresses(String... texts) {
        List<InetAddress> addresses = new ArrayList<>();
        for (String text : texts) {
            addresses.add(Literal.parse(text));
        }
        return addresses;
    }

    long clock() {
        return now;
    }

    long millis() {
        return (now - began) / MILLI;
    }

    int open() {
        return open;
    }

    ConnectRace<String> race(long timeout) {
        return race(timeout, List.of(), World::ipv6First);
    }

    ConnectRace<String> race(long timeout, List<InetAddress> given, UnaryOperator<List<InetAddress>> order) {
        ConnectRace.Pace pace = new ConnectRace.Pace(Duration.ofMillis(250), Duration.ofMillis(50), timeout * MILLI);
        return new ConnectRace<>(this::clock, this, pace, given, this::asked, order, () -> {});
    }

    static List<InetAddress> ipv6First(List<InetAddress> found) {
        return found.stream()
                .sorted(Comparator.comparing(Family::of).reversed())
                .toList();
    }

    private Names.Answers asked() {
        say("ask");
        return answers;
    }

    /** Runs to the end, with time going on to whatever comes next. */
    void run(ConnectRace<String> race) throws IOException {
        int steps = 0;
        for (long wait = race.step(); wait != ConnectRace.DONE; wait = race.step()) {
            if (++steps > 1000) {
                throw new AssertionError("the race does not end: " + events);
            }
            Long next = plans.ceilingKey(now);
            long until = now + wait;
            if (next != null && next <= until) {
                now = next;
                plans.remove(next).forEach(Runnable::run);
            } else {
                now = until;
            }
        }
    }

    void say(String what) {
        events.add(millis() + " " + what);
    }

    @Override
    public ConnectRace.Attempt<String> start(InetAddress address) throws IOException {
        String text = AddressText.of(address);
        Fate fate = fates.get(address);
        say("start " + text);
        if (fate != null && fate.refused() && fate.after() == 0) {
            throw new ConnectException("Network is unreachable");
        }
        open++;
        long ends = fate == null ? Long.MAX_VALUE : now + fate.after() * MILLI;
        if (fate != null) {
            plan(ends, () -> {});
        }
        return new ConnectRace.Attempt<>() {
            @Override
            public String poll() throws IOException {
                if (now < ends) {
                    return null;
                }
                if (fate.refused()) {
                    open--;
                    say("lose " + text);
                    throw new ConnectException("Connection refused");
                }
                return text;
            }

            @Override
            public void abandon() {
                open--;
                say("abandon " + text);
            }
        };
    }
}
