// SPDX-License-Identifier: Apache-2.0
package dev.v6.proc;

import java.util.List;

/**
 * What could be read of a table, and what could not.
 *
 * @param rows the rows that could be read
 * @param problems sentences that name the file, the line and what is wrong there; empty if all could be read
 * @param <T> the kind of row
 */
public record Table<T>(List<T> rows, List<String> problems) {
    /**
     * Keeps copies.
     *
     * @param rows the rows
     * @param problems the sentences
     */
    public Table {
        rows = List.copyOf(rows);
        problems = List.copyOf(problems);
    }
}
