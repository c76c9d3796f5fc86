// SPDX-License-Identifier: Apache-2.0
package dev.v6.spring;

import dev.v6.Finding;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.boot.ExitCodeGenerator;

/** With {@code v6.check=fail} an application is not started where a family does not work. */
public final class SelfCheckException extends IllegalStateException implements ExitCodeGenerator {
    private static final long serialVersionUID = 1L;

    /** EX_CONFIG of sysexits.h. */
    private static final int EXIT_CODE = 78;

    private final transient List<Finding> errors;

    SelfCheckException(List<Finding> errors) {
        super("v6.check is fail, and a family does not work here: "
                + errors.stream()
                        .map(error -> error.code().id() + " " + error.code().title() + ": " + error.evidence() + " "
                                + error.remedy())
                        .collect(Collectors.joining(" ")));
        this.errors = List.copyOf(errors);
    }

    /**
     * Why the application is not started.
     *
     * @return the findings that are errors
     */
    public List<Finding> errors() {
        return errors;
    }

    /**
     * How the JVM ends.
     *
     * @return 78
     */
    @Override
    public int getExitCode() {
        return EXIT_CODE;
    }
}
