// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.verify;

import dev.v6.Family;
import dev.v6.Outcome;
import dev.v6.maven.engine.Placement;
import dev.v6.maven.engine.Port;
import dev.v6.maven.engine.Vantage;
import java.util.ArrayList;
import java.util.List;

/**
 * Why a verdict is NOT PROVEN, in words.
 *
 * @param placement where the service ran
 * @param cells the explained matrix
 * @param untriedPorts the ports that were asked for and not tried
 */
record Unproven(Placement placement, List<Cell> cells, List<Port> untriedPorts) {

    String reason() {
        List<String> reasons = new ArrayList<>();
        List<Port> tried = Verification.ports(cells);
        for (Port port : untriedPorts) {
            reasons.add(port + " was asked for, and this version of v6 tries TCP alone. Leave it out of v6.ports to"
                    + " verify the others.");
        }
        if (cells.isEmpty() && reasons.isEmpty()) {
            reasons.add("Nothing could be tried: the service has no TCP port. Name one with -Dv6.ports=8080.");
        }
        for (Port port : tried) {
            for (Family family : placement.required()) {
                untried(port, family).ifPresent(reasons::add);
            }
        }
        for (Cell cell : cells) {
            if (cell.required() && cell.outcome() == Outcome.OK && cell.passage() == Passage.UNKNOWN) {
                reasons.add(cell.aim().vantage().word() + " " + cell.aim().family() + " to "
                        + cell.aim().where()
                        + " answered, but the witness did not see in which family it arrived. Run it again; if it stays"
                        + " so, another container may answer on that port.");
            }
        }
        return String.join("\n", reasons);
    }

    private java.util.Optional<String> untried(Port port, Family family) {
        List<Cell> outside = cells.stream()
                .filter(c -> c.aim().port().equals(port)
                        && c.aim().family() == family
                        && c.aim().vantage() != Vantage.INSIDE)
                .toList();
        if (outside.stream().anyMatch(Cell::required)) {
            return java.util.Optional.empty();
        }
        List<String> why = outside.stream()
                .map(c -> c.aim().vantage().word() + ": " + c.detail())
                .distinct()
                .toList();
        return java.util.Optional.of(family + " could not be tried on " + port + " from anywhere outside the service ("
                + String.join("; ", why) + "). Run it where both families are: v6.network=dual-stack on a"
                + " Docker Engine whose host has IPv6 enabled.");
    }
}
