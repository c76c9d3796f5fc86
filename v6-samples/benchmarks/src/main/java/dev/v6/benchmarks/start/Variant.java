// SPDX-License-Identifier: Apache-2.0
package dev.v6.benchmarks.start;

import java.nio.file.Path;
import java.util.List;

/**
 * What a service is started with.
 *
 * @param name for the table
 * @param options of the JVM
 * @param libraries on its class path besides its own
 */
record Variant(String name, List<String> options, List<Path> libraries) {}
