// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import dev.v6.Nearest;
import dev.v6.check.Report;
import dev.v6.check.SelfCheck;
import java.io.PrintStream;
import java.util.List;

/** Looks for what keeps the service beside it from being reached over both families. */
final class CheckCommand implements Command {
    private static final List<String> LEVELS = List.of("warning", "error");

    @Override
    public String usage() {
        return """
                Usage: check [--port N]... [--json] [--fail-on LEVEL]
                       check --snippet KIND [--port N]...

                Looks at the place where it runs for what keeps a service from being reached over both families: the
                flags of the JVMs here, the kernel's IPv6, the resolver's configuration, and the sockets that listen,
                which it connects to. Each name server that is configured is asked once whether it answers.

                  --port N         a TCP port that the service offers to others; may be repeated. Without it all listeners
                                   are looked at, and those on loopback are merely mentioned
                  --json           one JSON object with "verdict", "findings", "checks", "listeners" and "problems"
                  --fail-on LEVEL  warning: exit code 1 for whatever needs mending or could not be told (as it is); error:
                                   looks only for what keeps a family away, and asks no server, as a container's health
                                   check wants it
                  --snippet KIND   checks nothing, but prints the health check that runs this: for docker, compose or
                                   kubernetes

                Exit code: 0 if all is well, 1 if something was found or could not be told; 2 wrong usage.
                """;
    }

    @Override
    public int run(List<String> words, PrintStream out, PrintStream err) throws UsageException {
        Arguments arguments = Arguments.parse(words, List.of("--json"), List.of("--port", "--fail-on", "--snippet"));
        arguments.noRest();
        String level = last(arguments, "--fail-on", "warning");
        if (!LEVELS.contains(level)) {
            throw new UsageException(
                    "--fail-on takes warning or error, but is '" + level + "'. " + Nearest.hint(level, LEVELS));
        }
        String kind = last(arguments, "--snippet", "");
        if (!kind.isEmpty()) {
            String snippet = ProbeSnippet.of(kind, arguments.ports());
            if (snippet == null) {
                throw new UsageException(
                        "There is no snippet for '" + kind + "'. " + Nearest.hint(kind, ProbeSnippet.KINDS));
            }
            out.print(snippet);
            return FINE;
        }
        SelfCheck beside = SelfCheck.beside(arguments.ports());
        Report report = (level.equals("error") ? beside.errorsOnly() : beside).run();
        if (arguments.has("--json")) {
            out.println(report.json());
        } else {
            out.print(report.text());
        }
        return (level.equals("error") ? !report.failed() : report.fine()) ? FINE : FOUND;
    }

    private static String last(Arguments arguments, String option, String otherwise) {
        List<String> given = arguments.all(option);
        return given.isEmpty() ? otherwise : given.get(given.size() - 1);
    }
}
