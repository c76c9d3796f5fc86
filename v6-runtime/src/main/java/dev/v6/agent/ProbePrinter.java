// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import dev.v6.AddressText;
import dev.v6.Json;
import dev.v6.Outcome;
import dev.v6.probe.ProbeResult;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Prints what probes meet, a line each and at once, and remembers the last word on each target. */
final class ProbePrinter implements Consumer<ProbeResult> {
    private static final int OUTCOME_WIDTH = 14;

    private final PrintStream out;
    private final boolean json;
    private final Map<InetSocketAddress, Outcome> last = new HashMap<>();

    ProbePrinter(PrintStream out, boolean json) {
        this.out = out;
        this.json = json;
    }

    @Override
    public synchronized void accept(ProbeResult result) {
        last.put(result.target(), result.outcome());
        out.println(json ? Json.write(event(result)) : text(result));
        out.flush();
    }

    /** Whether the last probe of every target was answered. */
    synchronized boolean allOk(List<InetSocketAddress> targets) {
        for (InetSocketAddress target : targets) {
            if (last.get(target) != Outcome.OK) {
                return false;
            }
        }
        return true;
    }

    static Map<String, @Nullable Object> event(ProbeResult result) {
        Map<String, @Nullable Object> event = new LinkedHashMap<>();
        event.put("event", "probe");
        event.putAll(result.toJson());
        return event;
    }

    static String text(ProbeResult result) {
        return padded(result.outcome())
                + AddressText.of(result.target().getAddress(), result.target().getPort())
                + "  " + result.took().toMillis() + " ms  " + result.detail();
    }

    static String padded(Outcome outcome) {
        StringBuilder text = new StringBuilder(outcome.word());
        while (text.length() < OUTCOME_WIDTH) {
            text.append(' ');
        }
        return text.toString();
    }
}
