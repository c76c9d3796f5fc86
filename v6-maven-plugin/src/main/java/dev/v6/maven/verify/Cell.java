// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.verify;

import dev.v6.FindingCode;
import dev.v6.Outcome;
import dev.v6.maven.engine.Aim;
import org.jspecify.annotations.Nullable;

/**
 * One field of the matrix: what came of one aim.
 *
 * @param aim what was tried
 * @param outcome how it ended
 * @param passage how it reached the service
 * @param accepted whether somebody, a proxy perhaps, completed the handshake
 * @param required whether the verdict depends on it; a cell that cannot exist is not required
 * @param millis how long the last attempt took, milliseconds
 * @param detail what was seen, in words
 * @param finding what explains it, null where there is nothing to explain
 */
public record Cell(
        Aim aim,
        Outcome outcome,
        Passage passage,
        boolean accepted,
        boolean required,
        long millis,
        String detail,
        @Nullable FindingCode finding) {

    /**
     * Whether the family works here.
     *
     * @return true if it answered, natively
     */
    public boolean proven() {
        return outcome == Outcome.OK && passage == Passage.NATIVE;
    }

    Cell explainedBy(FindingCode code) {
        return new Cell(aim, outcome, passage, accepted, required, millis, detail, code);
    }

    Cell cannotExist(FindingCode code) {
        return new Cell(aim, outcome, passage, accepted, false, millis, detail, code);
    }
}
