// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import dev.v6.Family;
import dev.v6.probe.ProbeLoop;
import dev.v6.probe.ProbeResult;
import dev.v6.proc.ProcFs;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reports the connections that arrive in this network namespace, as they arrive. */
final class WitnessCommand implements Command {
    private static final Duration FOR_EVER = Duration.ofDays(365);
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(2);

    private final ProcFs proc;

    WitnessCommand() {
        this(ProcFs.at(Path.of("/proc")));
    }

    WitnessCommand(ProcFs proc) {
        this.proc = proc;
    }

    @Override
    public String usage() {
        return """
                Usage: witness --port N... [OPTION]...

                Reports what this network namespace offers, which sockets listen in it, and every connection that reaches
                the ports named: from whom, in which family, and whether the service took it. Ends on SIGTERM.

                  --port N    a TCP port to watch; may be repeated
                  --for TIME  end after this time: 500ms, 30s, 5m
                  --probe     also connect to the ports over 127.0.0.1 and ::1 until they answer
                  --json      a JSON object a line: facts, listeners, arrival, probe

                Exit code: 0, or 1 if there are no tables to read or nobody reads the reports; 2 wrong usage.
                """;
    }

    @Override
    public int run(List<String> words, PrintStream out, PrintStream err) throws UsageException {
        Arguments arguments = Arguments.parse(words, List.of("--json", "--probe"), List.of("--port", "--for"));
        arguments.noRest();
        Set<Integer> ports = new HashSet<>(arguments.ports());
        if (ports.isEmpty()) {
            throw new UsageException("No port is named. Write --port and the port that the service listens on.");
        }
        Duration limit = arguments.duration("--for");
        if (!proc.mounted()) {
            err.println("v6 witness: There is no /proc/net here. Run it where the proc file system is mounted.");
            return FOUND;
        }
        WitnessOutput output = arguments.has("--json") ? new WitnessJson(out) : new WitnessText(out);
        ProbeLoop probes = arguments.has("--probe") ? probe(ports, output) : null;
        try {
            new Witness(proc, ports, output).run(limit == null ? FOR_EVER : limit);
        } finally {
            close(probes);
        }
        return output.broken() ? FOUND : FINE;
    }

    private static void close(@Nullable ProbeLoop probes) {
        if (probes != null) {
            probes.close();
        }
    }

    private static ProbeLoop probe(Set<Integer> ports, WitnessOutput output) {
        List<InetSocketAddress> targets = new ArrayList<>();
        for (int port : ports) {
            targets.add(new InetSocketAddress(Family.IPV4.loopback(), port));
            targets.add(new InetSocketAddress(Family.IPV6.loopback(), port));
        }
        return ProbeLoop.start(targets, PROBE_TIMEOUT, new Reporting(output));
    }

    /** A class, not a lambda: see {@link Main}. */
    private static final class Reporting implements Consumer<ProbeResult> {
        private final WitnessOutput output;

        Reporting(WitnessOutput output) {
            this.output = output;
        }

        @Override
        public void accept(ProbeResult result) {
            output.probe(result);
        }
    }
}
