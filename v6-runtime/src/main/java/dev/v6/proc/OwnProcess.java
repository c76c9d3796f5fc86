// SPDX-License-Identifier: Apache-2.0
package dev.v6.proc;

import java.io.File;
import java.io.IOException;

/** This process. */
public final class OwnProcess {
    private static final File SELF = new File("/proc/self");

    private OwnProcess() {}

    /**
     * Its number, as /proc has it (man 5 proc_pid). {@link ProcessHandle} would make a pool of threads to tell it, and count
     * from another process where /proc is that of another namespace.
     *
     * @return the number
     */
    public static long pid() {
        try {
            String name = SELF.getCanonicalFile().getName();
            if (!name.equals(SELF.getName())) {
                return Long.parseLong(name);
            }
        } catch (IOException | SecurityException | NumberFormatException e) {
            // No /proc, or not for us.
        }
        return ProcessHandle.current().pid();
    }
}
