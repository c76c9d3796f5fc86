// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import dev.v6.Family;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks for both families of one name at once, on one side and, where {@link Cells} says so, on the other. All on the
 * wire's thread.
 */
final class NameAsking {
    /** How long the first side may take before the second is asked beside it. */
    static final Duration SLOW = Duration.ofSeconds(1);

    /** How long the second side may take to know what the first is sure not to: its own names it knows at once. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    /** How long a family is waited for when the other has addresses. */
    static final Duration GRACE = Duration.ofSeconds(2);

    private static final int MOST_ASKED = 6;
    private static final int MOST_ASKED_ALONE = 10;

    private final Wire wire;
    private final String name;
    private final List<Family> families;
    private final Sides sides;
    private final Settings settings;
    private final BiConsumer<Family, Reply> answered;
    private final Consumer<Map<Family, Reply>> done;
    private final Consumer<Asking.Step> trace;
    private final Cells cells;
    private final Map<Family, Reply> told = new EnumMap<>(Family.class);
    private final List<Asking> asking = new ArrayList<>(4);
    private final List<Wire.Alarm> alarms = new ArrayList<>(3);
    private boolean grace;
    private boolean patience;
    private boolean over;

    /**
     * How questions are put.
     *
     * @param tcp all by TCP ({@code use-vc})
     * @param oneByOne one family after the other ({@code single-request})
     */
    record Settings(boolean tcp, boolean oneByOne) {}

    /**
     * Prepares to ask.
     *
     * @param families in the order in which they are asked
     * @param answered told of a family's addresses as soon as they are there
     * @param done told once what is true of each family; one that stayed open has a reply of {@link Reply.Kind#SILENT}
     */
    NameAsking(
            Wire wire,
            String name,
            List<Family> families,
            Sides sides,
            Settings settings,
            BiConsumer<Family, Reply> answered,
            Consumer<Map<Family, Reply>> done,
            Consumer<Asking.Step> trace) {
        this.wire = wire;
        this.name = name;
        this.families = families;
        this.sides = sides;
        this.settings = settings;
        this.answered = answered;
        this.done = done;
        this.trace = trace;
        this.cells = new Cells(Set.copyOf(families), sides.state());
    }

    void begin() {
        alarms.add(wire.later(SLOW, () -> {
            cells.slow();
            step();
        }));
        if (settings.oneByOne()) {
            askFirst(0);
        } else {
            for (int i = 0; i < families.size(); i++) {
                askFirst(i);
            }
        }
    }

    /** Ends now with what there is. */
    void conclude() {
        if (over) {
            return;
        }
        for (Family family : families) {
            Reply verdict = cells.verdict(family);
            told.putIfAbsent(family, verdict == null ? Reply.without(Reply.Kind.SILENT, server()) : verdict);
        }
        end();
    }

    private Server server() {
        return sides.first().get(0).server();
    }

    private void askFirst(int index) {
        Family family = families.get(index);
        ask(family, sides.first(), reply -> {
            cells.firstSaid(family, reply);
            if (settings.oneByOne() && index + 1 < families.size()) {
                askFirst(index + 1);
            }
            step();
        });
    }

    private void ask(Family family, List<Peer> peers, Consumer<Reply> to) {
        int most = sides.state() == Cells.Second.NONE ? MOST_ASKED_ALONE : MOST_ASKED;
        Asking one = new Asking(wire, peers, new Question(name, family, settings.tcp(), true), most, to, this::traced);
        asking.add(one);
        one.begin();
    }

    private void traced(Asking.Step step) {
        trace.accept(step);
    }

    private void step() {
        if (over) {
            return;
        }
        for (Family family : cells.toAskSecond()) {
            ask(family, sides.second(), reply -> {
                cells.secondSaid(family, reply);
                step();
            });
        }
        for (Family family : families) {
            tell(family, cells.verdict(family));
        }
        if (told.size() == families.size()) {
            end();
        } else {
            limit();
        }
    }

    private void tell(Family family, @Nullable Reply verdict) {
        if (verdict != null && told.putIfAbsent(family, verdict) == null && verdict.answer()) {
            answered.accept(family, verdict);
        }
    }

    private void limit() {
        if (!grace && cells.anyAnswered()) {
            grace = true;
            asking.forEach(Asking::hurry);
            alarms.add(wire.later(GRACE, this::conclude));
        }
        if (!patience && cells.onlyNegative()) {
            patience = true;
            alarms.add(wire.later(PATIENCE, () -> {
                cells.impatient();
                step();
            }));
        }
    }

    private void end() {
        over = true;
        alarms.forEach(Wire.Alarm::cancel);
        asking.forEach(Asking::abandon);
        done.accept(told);
    }
}
