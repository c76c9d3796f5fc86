// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import dev.v6.Finding;
import java.net.BindException;
import org.jspecify.annotations.Nullable;

/** A socket that was to serve both families cannot: says which fault of the catalogue keeps it from that. */
public final class DualStackException extends BindException {
    private static final long serialVersionUID = 1L;

    private final transient Finding finding;

    DualStackException(Finding finding, @Nullable Throwable cause) {
        super(finding.code().id() + " " + finding.code().title() + ": " + finding.evidence() + " " + finding.remedy());
        this.finding = finding;
        if (cause != null) {
            initCause(cause);
        }
    }

    /**
     * What is wrong.
     *
     * @return code, evidence, cause and remedy
     */
    public Finding finding() {
        return finding;
    }
}
