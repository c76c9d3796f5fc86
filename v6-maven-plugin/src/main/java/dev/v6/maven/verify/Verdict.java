// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.verify;

import dev.v6.Family;
import dev.v6.Outcome;
import dev.v6.maven.engine.Port;
import dev.v6.maven.engine.Vantage;
import java.util.List;
import java.util.Set;

/** The answer. */
public enum Verdict {
    /** Every required cell answered natively, and each required family of each port did so for somebody outside. */
    READY,
    /** Some required cell did not. */
    NOT_READY,
    /** A required family could not be tried at all, or nobody could see how it arrived. */
    NOT_PROVEN;

    /**
     * Decides.
     *
     * @param ports the ports that must be proven
     * @param required the families that must be proven
     * @param cells the whole matrix
     * @return the verdict; where nothing was tried nothing is proven
     */
    public static Verdict of(List<Port> ports, Set<Family> required, List<Cell> cells) {
        boolean unknown = ports.isEmpty();
        for (Cell cell : cells) {
            if (cell.required() && !cell.proven()) {
                if (cell.outcome() != Outcome.OK || cell.passage() == Passage.PROXIED) {
                    return NOT_READY;
                }
                unknown = true;
            }
        }
        for (Port port : ports) {
            for (Family family : required) {
                unknown |= cells.stream().noneMatch(cell -> provesOutside(cell, port, family));
            }
        }
        return unknown ? NOT_PROVEN : READY;
    }

    /** A service that only answers inside its own namespace has proven nothing to anybody. */
    private static boolean provesOutside(Cell cell, Port port, Family family) {
        return cell.required()
                && cell.proven()
                && cell.aim().port().equals(port)
                && cell.aim().family() == family
                && cell.aim().vantage() != Vantage.INSIDE;
    }

    /** As people read it: {@code NOT READY}. */
    @Override
    public String toString() {
        return name().replace('_', ' ');
    }
}
