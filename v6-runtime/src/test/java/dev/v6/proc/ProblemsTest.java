// SPDX-License-Identifier: Apache-2.0
package dev.v6.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ProblemsTest {
    private static final Path FILE = Path.of("/proc/42/fd");

    private final Problems problems = new Problems();

    @Test
    void deniedAccessSaysWhoMayReadIt() {
        problems.unreadable(FILE, new AccessDeniedException(FILE.toString()));

        assertThat(problems.sentences())
                .containsExactly(
                        "/proc/42/fd may not be read by this user. Run as the user of the service, or as root.");
    }

    @Test
    void otherFaultsAreQuoted() {
        problems.unreadable(FILE, new IOException("Input/output\nerror"));
        problems.unreadable(FILE, new IOException((String) null));

        assertThat(problems.sentences())
                .containsExactly(
                        "/proc/42/fd could not be read: Input/output?error.",
                        "/proc/42/fd could not be read: IOException.");
    }

    @Test
    void quotesAreShortAndPrintable() {
        assertThat(Problems.printable("a\u0007\u00e9" + "b".repeat(100))).isEqualTo("a??" + "b".repeat(57) + "...");
    }
}
