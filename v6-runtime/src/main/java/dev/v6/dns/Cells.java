// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import dev.v6.Family;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What two sides have said of both families of a name, and what follows from it: whether the second side is to be asked,
 * and what is true of a family. It decides and does nothing.
 *
 * <p>A family is settled by addresses from whichever side; by the word that there are none, from a side that has
 * addresses of the other family and so knows the name; else only when both sides have spoken. So one family's failure never hides the
 * other's answer, and a name that one side does not know may be known to the other.
 */
final class Cells {
    private final Set<Family> families;
    private final Second second;
    private final Map<Family, Reply> first = new EnumMap<>(Family.class);
    private final Map<Family, Reply> other = new EnumMap<>(Family.class);
    private final Set<Family> askedOther = EnumSet.noneOf(Family.class);
    private boolean slow;
    private boolean impatient;

    /** Whether there is another side. */
    enum Second {
        /** There is none. */
        NONE,
        /** It does not answer of late, so it is asked only if the first has failed. */
        DOUBTFUL,
        /** It is well. */
        THERE
    }

    Cells(Set<Family> families, Second second) {
        this.families = families;
        this.second = second;
    }

    void firstSaid(Family family, Reply reply) {
        first.put(family, reply);
    }

    void secondSaid(Family family, Reply reply) {
        other.put(family, reply);
    }

    /** The first side has taken long. */
    void slow() {
        slow = true;
    }

    /** The second side had time enough to add to a word that there is nothing. */
    void impatient() {
        impatient = true;
    }

    /** The families that the second side is to be asked for now; each is told once. */
    Set<Family> toAskSecond() {
        Set<Family> now = EnumSet.noneOf(Family.class);
        for (Family family : families) {
            if (needsSecond(family) && askedOther.add(family)) {
                now.add(family);
            }
        }
        return now;
    }

    private boolean needsSecond(Family family) {
        if (second == Second.NONE || askedOther.contains(family)) {
            return false;
        }
        Reply said = first.get(family);
        if (said == null) {
            return slow && second == Second.THERE;
        }
        if (said.answer()) {
            return false;
        }
        return said.kind().negative() ? second == Second.THERE && nobodyAnswersOr(family) : true;
    }

    /** Whether the first side is through with the families and has no address of the name. */
    private boolean nobodyAnswersOr(Family family) {
        for (Family each : families) {
            if (each != family && (answered(each) || (first.get(each) == null && !slow))) {
                return false;
            }
        }
        return true;
    }

    private boolean answered(Family family) {
        Reply a = first.get(family);
        Reply b = other.get(family);
        return (a != null && a.answer()) || (b != null && b.answer());
    }

    boolean anyAnswered() {
        return families.stream().anyMatch(this::answered);
    }

    /** Whether one side says for certain that there is nothing, while the other has yet to speak. */
    boolean onlyNegative() {
        return !anyAnswered()
                && first.values().stream().anyMatch(reply -> reply.kind().negative());
    }

    /** What is true of a family; null if that is open. */
    @Nullable
    Reply verdict(Family family) {
        Reply a = first.get(family);
        Reply b = other.get(family);
        if (answered(family)) {
            return a != null && a.answer() ? a : b;
        }
        Reply said = a == null ? b : b == null ? a : Reply.better(a, b);
        if (said == null) {
            return null;
        }
        if (knows(first, family) || knows(other, family)) {
            return said;
        }
        if (a == null) {
            return null; // the first side may still have more to say
        }
        boolean waits = askedOther.contains(family) ? b == null : needsSecond(family) || openElsewhere(a, family);
        return waits && !(impatient && a.kind().negative()) ? null : said;
    }

    /** Whether a side says that there is nothing of a family, and has addresses of another: it knows the name. */
    private boolean knows(Map<Family, Reply> side, Family family) {
        Reply said = side.get(family);
        return said != null && said.kind().negative() && side.values().stream().anyMatch(Reply::answer);
    }

    /** The second side is asked for what the first does not have once the first is through with the other family. */
    private boolean openElsewhere(Reply said, Family family) {
        return said.kind().negative()
                && second == Second.THERE
                && !slow
                && families.stream().anyMatch(each -> each != family && first.get(each) == null);
    }
}
