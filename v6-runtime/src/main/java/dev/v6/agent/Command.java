// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import java.io.PrintStream;
import java.util.List;

/** One command of the command line. */
interface Command {
    /** All was well. */
    int FINE = 0;

    /** Something was found, or is not as it should be. */
    int FOUND = 1;

    /** The command line was wrong. */
    int USAGE = 2;

    /** What {@code --help} prints for it. */
    String usage();

    /**
     * Runs it.
     *
     * @param words what follows the command's name
     * @param out where the result goes
     * @param err where errors go
     * @return the exit code
     * @throws UsageException if the words make no sense
     */
    int run(List<String> words, PrintStream out, PrintStream err) throws UsageException;
}
