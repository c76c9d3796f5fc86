// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import dev.v6.Family;
import dev.v6.Finding;
import java.util.List;
import java.util.Set;

/**
 * What {@link DualStack#lenient()} came to.
 *
 * @param <T> the socket's type
 * @param socket bound and listening; the caller closes it
 * @param families those that it serves, at least one
 * @param missing why it does not serve the other; empty if it serves both
 */
public record Served<T>(T socket, Set<Family> families, List<Finding> missing) {}
