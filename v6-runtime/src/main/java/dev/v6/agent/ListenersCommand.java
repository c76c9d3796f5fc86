// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import dev.v6.Json;
import dev.v6.proc.Listener;
import dev.v6.proc.ProcFs;
import dev.v6.proc.Table;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists the sockets that take connections or datagrams. */
final class ListenersCommand implements Command {
    private final ProcFs proc;

    ListenersCommand() {
        this(ProcFs.at(Path.of("/proc")));
    }

    ListenersCommand(ProcFs proc) {
        this.proc = proc;
    }

    @Override
    public String usage() {
        return """
                Usage: listeners [--json]

                Lists the TCP and UDP sockets of this network namespace that take connections or datagrams from anybody,
                with the families that they can serve as far as the kernel's tables tell. A socket on :: that has
                IPV6_V6ONLY set serves IPv6 alone, which the tables do not show: check connects to find out.

                  --json  one JSON object with "listeners" and "problems"

                Exit code: 0, or 1 if there are no tables to read; 2 wrong usage.
                """;
    }

    @Override
    public int run(List<String> words, PrintStream out, PrintStream err) throws UsageException {
        Arguments arguments = Arguments.parse(words, List.of("--json"), List.of());
        arguments.noRest();
        Table<Listener> listeners = proc.listeners();
        if (arguments.has("--json")) {
            List<Object> rows = new ArrayList<>();
            for (Listener listener : listeners.rows()) {
                rows.add(listener.toJson());
            }
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("listeners", rows);
            json.put("problems", listeners.problems());
            out.println(Json.write(json));
        } else {
            print(listeners, out, err);
        }
        return proc.mounted() ? FINE : FOUND;
    }

    private static void print(Table<Listener> listeners, PrintStream out, PrintStream err) {
        for (Listener listener : listeners.rows()) {
            out.println(WitnessText.of(listener) + (listener.embeddedDns() ? "  (Docker's embedded DNS)" : ""));
        }
        if (listeners.rows().isEmpty()) {
            out.println("nothing listens here");
        }
        for (String problem : listeners.problems()) {
            err.println("v6 listeners: " + problem);
        }
    }
}
