// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import dev.v6.Json;
import dev.v6.probe.ProbeResult;
import dev.v6.proc.Listener;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One JSON object a line. */
final class WitnessJson implements WitnessOutput {
    private final PrintStream out;

    WitnessJson(PrintStream out) {
        this.out = out;
    }

    @Override
    public void facts(NamespaceFacts facts) {
        print(facts.toJson());
    }

    @Override
    public void listeners(List<Listener> listeners) {
        List<Object> rows = new ArrayList<>();
        for (Listener listener : listeners) {
            rows.add(listener.toJson());
        }
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("event", "listeners");
        event.put("listeners", rows);
        print(event);
    }

    @Override
    public void arrival(Arrival arrival) {
        print(arrival.toJson());
    }

    @Override
    public void probe(ProbeResult result) {
        print(ProbePrinter.event(result));
    }

    @Override
    public synchronized boolean broken() {
        return out.checkError();
    }

    private void print(Object event) {
        String line = Json.write(event);
        synchronized (this) {
            out.println(line);
            out.flush();
        }
    }
}
