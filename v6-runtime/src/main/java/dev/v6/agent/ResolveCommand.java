// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import dev.v6.AddressText;
import dev.v6.Family;
import dev.v6.Finding;
import dev.v6.Json;
import dev.v6.dns.BypassResolver;
import dev.v6.dns.Resolution;
import dev.v6.dns.Server;
import dev.v6.dns.Step;
import dev.v6.dns.Trace;
import java.io.PrintStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Looks a name up as v6 does in a service, and shows the whole way. */
final class ResolveCommand implements Command {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @Override
    public String usage() {
        return """
                Usage: resolve NAME [OPTION]...

                Looks NAME up as v6 does in a service that runs here, and shows the servers, what each was asked and said,
                and what was chosen. v6.dns.servers and V6_DNS_SERVERS count as they do there.

                  --timeout TIME  for the look-up: 500ms, 2s, 1m (10s)
                  --json          one JSON object

                Exit code: 0 found, 1 not found or nobody could tell; 2 wrong usage.
                """;
    }

    @Override
    public int run(List<String> words, PrintStream out, PrintStream err) throws UsageException {
        Arguments arguments = Arguments.parse(words, List.of("--json"), List.of("--timeout"));
        if (arguments.rest().size() != 1) {
            throw new UsageException(
                    arguments.rest().isEmpty()
                            ? "No name was given. Write one, such as resolve db.example.com."
                            : "One name is looked up at a time. Leave '"
                                    + arguments.rest().get(1) + "' out.");
        }
        Duration timeout = arguments.duration("--timeout");
        Trace trace;
        try (BypassResolver resolver = BypassResolver.create()) {
            trace = resolver.trace(arguments.rest().get(0), timeout == null ? TIMEOUT : timeout);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        if (arguments.has("--json")) {
            out.println(Json.write(json(trace)));
        } else {
            print(trace, out);
        }
        return trace.why().isEmpty() ? FINE : FOUND;
    }

    private static void print(Trace trace, PrintStream out) {
        out.println("servers");
        for (Server server : trace.servers()) {
            out.println("  " + server + "  (" + server.origin() + ")");
        }
        if (trace.servers().isEmpty()) {
            out.println("  none is known");
        }
        out.println("steps");
        for (Step step : trace.resolution().steps()) {
            out.println("  " + millis(step.at()) + " ms  " + step.who() + "  " + step.asked() + "  " + step.said());
        }
        if (trace.resolution().steps().isEmpty()) {
            out.println("  none: no server was asked");
        }
        for (Family family : Family.values()) {
            List<InetAddress> addresses = trace.resolution().of(family);
            out.println(family + "  "
                    + (addresses.isEmpty() ? "-" : String.join(", ", texts(addresses)) + source(trace, family)));
        }
        out.println((trace.why().isEmpty() ? "found in " : trace.why() + " It took ") + millis(trace.took()) + " ms"
                + (trace.resolution().stale() ? ", an old answer: no server answers now" : ""));
        for (Finding finding : trace.findings()) {
            out.println();
            out.println(finding.code().id() + " " + finding.code().title());
            out.println("  seen:   " + finding.evidence());
            out.println("  remedy: " + finding.remedy());
        }
    }

    private static String source(Trace trace, Family family) {
        return "  (" + trace.resolution().sources().getOrDefault(family, "v6") + ")";
    }

    private static List<String> texts(List<InetAddress> addresses) {
        List<String> texts = new ArrayList<>();
        for (InetAddress address : addresses) {
            texts.add(AddressText.of(address));
        }
        return texts;
    }

    private static String millis(Duration time) {
        return String.format(Locale.ROOT, "%.1f", time.toNanos() / 1e6);
    }

    private static Map<String, Object> json(Trace trace) {
        Resolution resolution = trace.resolution();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", resolution.name());
        json.put("found", trace.why().isEmpty());
        json.put("why", trace.why());
        json.put("ipv6", texts(resolution.ipv6()));
        json.put("ipv4", texts(resolution.ipv4()));
        Map<String, Object> sources = new LinkedHashMap<>();
        for (Family family : Family.values()) { // in this order, whatever the map's is
            if (resolution.sources().containsKey(family)) {
                sources.put(family.toString(), resolution.sources().get(family));
            }
        }
        json.put("sources", sources);
        json.put("stale", resolution.stale());
        json.put("micros", trace.took().toNanos() / 1000);
        List<Object> servers = new ArrayList<>();
        for (Server server : trace.servers()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("server", server.toString());
            one.put("origin", server.origin().toString());
            servers.add(one);
        }
        json.put("servers", servers);
        List<Object> steps = new ArrayList<>();
        for (Step step : resolution.steps()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("micros", step.at().toNanos() / 1000);
            one.put("server", step.who());
            one.put("asked", step.asked());
            one.put("said", step.said());
            steps.add(one);
        }
        json.put("steps", steps);
        json.put("findings", trace.findings().stream().map(Finding::toJson).toList());
        return json;
    }
}
