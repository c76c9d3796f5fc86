// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.verify;

import dev.v6.Finding;
import dev.v6.maven.engine.Facts;
import dev.v6.maven.engine.Placement;
import dev.v6.proc.Listener;
import java.util.List;

/**
 * Everything that one verification has to say.
 *
 * @param verdict the answer
 * @param reason why nothing is proven, for NOT PROVEN; else empty
 * @param engineKind which kind of engine ran the service
 * @param engineVersion which version of it
 * @param placement where the service ran
 * @param cells the matrix
 * @param listeners the sockets that accept in the service's namespace
 * @param facts what its namespace has
 * @param findings what is wrong, the loudest first
 */
public record Result(
        Verdict verdict,
        String reason,
        String engineKind,
        String engineVersion,
        Placement placement,
        List<Cell> cells,
        List<Listener> listeners,
        Facts facts,
        List<Finding> findings) {}
