// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import dev.v6.Nearest;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command line: {@code java -jar v6-runtime-agent.jar COMMAND}. Needs no shell, no root, and no more of /proc than
 * there is. These commands run for a moment beside a service, often many times, so what starts with them avoids what is
 * slow to start in a JVM: lambdas, streams, regular expressions, formats.
 */
public final class Main {
    private static final List<String> COMMANDS =
            List.of("check", "attach", "probe", "listeners", "witness", "bridge", "resolve", "resolv-conf");
    private static final String USAGE = """
            Usage: java -jar v6-runtime-agent.jar COMMAND [OPTION]...

            Tells whether a service works over IPv6 as well as over IPv4, from the place where this runs.

              check        looks for what keeps a service from being reached over both families
              attach       checks a JVM that runs already, from within
              probe        connects to a host and tells what really answered
              listeners    lists the sockets that take connections, and the families they serve
              witness      reports the connections that arrive here, as they arrive
              bridge       lets others reach a service that listens on loopback only
              resolve      looks a name up as v6 does, and shows the whole way
              resolv-conf  passes the engine's embedded DNS by, for programs that are no JVM

              COMMAND --help  what a command does and its options
              --version       the version
              --help          this text

            Exit code: 0 fine, 1 something found or not reached, 2 wrong usage.
            """;

    private Main() {}

    /**
     * Runs one command and ends the JVM with its exit code.
     *
     * @param args the command and its options
     */
    public static void main(String[] args) {
        // Flags meant for the service reach this JVM too, through JAVA_TOOL_OPTIONS; IPv6 is what it is here for. This
        // counts only before the first network class is loaded.
        System.setProperty("java.net.preferIPv4Stack", "false");
        Agent.switchOff();
        PrintStream out = stream(FileDescriptor.out);
        PrintStream err = stream(FileDescriptor.err);
        int code = run(Arrays.asList(args), out, err);
        out.flush();
        err.flush();
        if (code != Command.FINE) {
            System.exit(code); // returning is quicker: from JDK 21 on exit() starts the logging, to log itself
        }
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor)), false, StandardCharsets.UTF_8);
    }

    static int run(List<String> args, PrintStream out, PrintStream err) {
        String first = args.isEmpty() ? "" : args.get(0);
        if (first.equals("--help") || first.equals("-h") || first.equals("help")) {
            out.print(USAGE);
            return Command.FINE;
        }
        if (first.equals("--version")) {
            String version = Main.class.getPackage().getImplementationVersion();
            out.println("v6 " + (version == null ? "(not from a jar, so without a version)" : version));
            return Command.FINE;
        }
        Command command = command(first);
        if (command == null) {
            err.println(
                    args.isEmpty()
                            ? "v6: No command was given. Name one of " + String.join(", ", COMMANDS) + "."
                            : "v6: There is no command " + first + ". " + Nearest.hint(first, COMMANDS));
            return Command.USAGE;
        }
        List<String> words = args.subList(1, args.size());
        if (words.contains("--help") || words.contains("-h")) {
            out.print(command.usage());
            return Command.FINE;
        }
        try {
            return command.run(words, out, err);
        } catch (UsageException e) {
            err.println("v6 " + first + ": " + e.getMessage() + " See " + first + " --help.");
            return Command.USAGE;
        }
    }

    private static @Nullable Command command(String name) {
        return switch (name) {
            case "check" -> new CheckCommand();
            case "attach" -> new AttachCommand();
            case "probe" -> new ProbeCommand(System.in);
            case "listeners" -> new ListenersCommand();
            case "witness" -> new WitnessCommand();
            case "bridge" -> new BridgeCommand();
            case "resolve" -> new ResolveCommand();
            case "resolv-conf" -> new ResolvConfCommand();
            default -> null;
        };
    }
}
