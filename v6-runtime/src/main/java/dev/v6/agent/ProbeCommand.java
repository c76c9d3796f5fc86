// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import dev.v6.Family;
import dev.v6.Json;
import dev.v6.Outcome;
import dev.v6.probe.Exchange;
import dev.v6.probe.Probe;
import dev.v6.probe.ProbeLoop;
import dev.v6.proc.ProcFs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Connects to a host and tells what really answered. */
final class ProbeCommand implements Command {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final InputStream in;

    ProbeCommand(InputStream in) {
        this.in = in;
    }

    @Override
    public String usage() {
        return """
                Usage: probe HOST PORT... [OPTION]...
                       probe --target ADDRESS:PORT... [OPTION]...
                       probe --stdin --until TIME [OPTION]...

                Connects over TCP to every address of HOST, in both families, sends a GET and waits for a byte. That a
                connect succeeded proves nothing where a proxy accepts for services that are not there.

                  HOST             a name, or an address: 192.0.2.1, 2001:db8::1, [::1], fe80::1%eth0
                  PORT             8080 or 8080/tcp
                  --target A:PORT  one address and port, IPv6 in brackets: [2001:db8::1]:8080; may be repeated
                  --stdin          read addresses and ports from standard input, one a line, up to an empty line or its
                                   end, and try each as soon as it is read
                  --facts          first tell which addresses and routes this place has
                  --timeout TIME   for one attempt: 500ms, 2s, 1m (2s)
                  --until TIME     try again until every address has answered, for this long at most
                  --hold TIME      send nothing, and keep each connection open for this long, one after the other, so
                                   that a witness can tell them apart
                  --json           a JSON object a line

                Outcomes: ok, refused, closed-early (accepted, then closed without a byte), timeout, unreachable,
                no-address. Exit code: 0 if every address answered, else 1; 2 wrong usage.
                """;
    }

    @Override
    public int run(List<String> words, PrintStream out, PrintStream err) throws UsageException {
        Arguments arguments = Arguments.parse(
                words, List.of("--json", "--stdin", "--facts"), List.of("--target", "--timeout", "--until", "--hold"));
        Duration timeout = arguments.duration("--timeout");
        Duration until = arguments.duration("--until");
        Duration hold = arguments.duration("--hold");
        boolean json = arguments.has("--json");
        if (arguments.has("--facts")) {
            NamespaceFacts facts = NamespaceFacts.read(ProcFs.at(Path.of("/proc")), List.of(), List.of());
            (json ? new WitnessJson(out) : new WitnessText(out)).facts(facts);
        }
        if (arguments.has("--stdin")) {
            return told(arguments, until, timeout == null ? TIMEOUT : timeout, new ProbePrinter(out, json));
        }
        Targets targets;
        try {
            targets = targets(arguments);
        } catch (UnknownHostException e) {
            err.println("v6 probe: The name " + arguments.rest().get(0)
                    + " has no address here. Check its spelling and the servers in /etc/resolv.conf.");
            return FOUND;
        }
        for (Family family : targets.missing()) {
            missing(String.valueOf(targets.name()), family, json, out);
        }
        ProbePrinter printer = new ProbePrinter(out, json);
        try {
            if (hold != null) {
                for (InetSocketAddress target : targets.sockets()) {
                    printer.accept(Probe.held(target, Exchange.LISTEN, timeout == null ? TIMEOUT : timeout, hold));
                }
            } else if (until == null) {
                once(targets.sockets(), timeout == null ? TIMEOUT : timeout, printer);
            } else {
                repeatedly(targets.sockets(), timeout == null ? TIMEOUT : timeout, until, printer);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the targets that have not answered by now count as not answering
        }
        return printer.allOk(targets.sockets()) ? FINE : FOUND;
    }

    /** Targets as they are told: who starts this may not know them yet, and a JVM takes its time to start. */
    private int told(Arguments arguments, @Nullable Duration until, Duration timeout, ProbePrinter printer)
            throws UsageException {
        arguments.noRest();
        if (until == null || !arguments.all("--target").isEmpty() || arguments.duration("--hold") != null) {
            throw new UsageException("--stdin takes its targets from there, with --until and without --hold."
                    + " Write for example: probe --stdin --until 30s.");
        }
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        List<InetSocketAddress> targets = new ArrayList<>();
        List<ProbeLoop> loops = new ArrayList<>();
        try {
            for (String line = lines.readLine(); line != null && !line.isBlank(); line = lines.readLine()) {
                List<InetSocketAddress> target =
                        Targets.ofLiterals(List.of(line.trim())).sockets();
                targets.addAll(target);
                loops.add(ProbeLoop.start(target, timeout, printer));
            }
            long end = System.nanoTime() + until.toNanos();
            for (ProbeLoop loop : loops) {
                loop.await(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
            }
        } catch (IOException unreadable) {
            throw new UsageException("Standard input cannot be read (" + unreadable.getMessage() + "). Give it open.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            loops.forEach(ProbeLoop::close);
        }
        return printer.allOk(targets) ? FINE : FOUND;
    }

    private static Targets targets(Arguments arguments) throws UsageException, UnknownHostException {
        List<String> literals = arguments.all("--target");
        if (literals.isEmpty()) {
            return Targets.ofHost(arguments.rest());
        }
        arguments.noRest();
        return Targets.ofLiterals(literals);
    }

    /** That a name lacks a family is worth a line, but whether it should have one is not known here. */
    private static void missing(String name, Family family, boolean json, PrintStream out) {
        if (json) {
            Map<String, Object> event = new LinkedHashMap<>();
            event.put("event", "no-address");
            event.put("host", name);
            event.put("family", family.toString());
            out.println(Json.write(event));
        } else {
            out.println(
                    ProbePrinter.padded(Outcome.NO_ADDRESS) + "the name " + name + " has no " + family + " address");
        }
        out.flush();
    }

    private static void repeatedly(
            List<InetSocketAddress> targets, Duration timeout, Duration until, ProbePrinter printer)
            throws InterruptedException {
        try (ProbeLoop loop = ProbeLoop.start(targets, timeout, printer)) {
            loop.await(until);
        }
    }

    private static void once(List<InetSocketAddress> targets, Duration timeout, ProbePrinter printer)
            throws InterruptedException {
        List<Thread> attempts = new ArrayList<>();
        for (InetSocketAddress target : targets) {
            Thread attempt = new Attempt(target, timeout, printer);
            attempts.add(attempt);
            attempt.start();
        }
        for (Thread attempt : attempts) {
            attempt.join();
        }
    }

    private static final class Attempt extends Thread {
        private final InetSocketAddress target;
        private final Duration timeout;
        private final ProbePrinter printer;

        Attempt(InetSocketAddress target, Duration timeout, ProbePrinter printer) {
            super("v6-probe");
            setDaemon(true);
            this.target = target;
            this.timeout = timeout;
            this.printer = printer;
        }

        @Override
        public void run() {
            printer.accept(Probe.tcp(target, Exchange.HTTP, timeout));
        }
    }
}
