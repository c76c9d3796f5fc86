// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import dev.v6.check.Report;
import dev.v6.check.SelfCheck;
import java.io.PrintStream;
import java.util.List;

/** Looks for what keeps the service beside it from being reached over both families. */
final class CheckCommand implements Command {
    @Override
    public String usage() {
        return """
                Usage: check [--port N]... [--json]

                Looks at the place where it runs for what keeps a service from being reached over both families: the
                flags of the JVMs here, the kernel's IPv6, the resolver's configuration, and the sockets that listen,
                which it connects to.

                  --port N  a TCP port that the service offers to others; may be repeated. Without it all listeners are
                            looked at, and those on loopback are merely mentioned
                  --json    one JSON object with "fine", "findings", "checks", "listeners" and "problems"

                Exit code: 0 if all is well, 1 if something was found or could not be told; 2 wrong usage.
                """;
    }

    @Override
    public int run(List<String> words, PrintStream out, PrintStream err) throws UsageException {
        Arguments arguments = Arguments.parse(words, List.of("--json"), List.of("--port"));
        arguments.noRest();
        Report report = SelfCheck.beside(arguments.ports()).run();
        if (arguments.has("--json")) {
            out.println(report.json());
        } else {
            out.print(report.text());
        }
        return report.fine() ? FINE : FOUND;
    }
}
