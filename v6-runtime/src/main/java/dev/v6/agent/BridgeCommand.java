// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import dev.v6.AddressText;
import dev.v6.Literal;
import dev.v6.net.LoopbackBridge;
import dev.v6.net.LoopbackBridgeBuilder;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Forwards from the addresses that others reach to a service on loopback, until it is ended. */
final class BridgeCommand implements Command {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    @Override
    public String usage() {
        return """
                Usage: bridge PORT [OPTION]...
                       bridge PORT:ADDRESS:PORT [OPTION]...

                Lets others reach a service that listens on loopback only: listens on every address of this host but the
                service's own, in both families, and forwards each TCP connection. While the service does not listen, neither
                does the bridge. Loopback may be all that protects a service: bridge only what is meant to be reached.

                  PORT               the service's port on loopback; the bridge listens at the same one
                  PORT:ADDRESS:PORT  the bridge's port, then where the service listens: 8081:127.0.0.1:8080,
                                     8081:[::1]:8080
                  --proxy-protocol   tell the service the client's address, in a PROXY protocol header, version 2
                  --idle-timeout T   end connections on which nothing moved for this time: 500ms, 30s, 5m (120m)
                  --max-connections N  reset those beyond this number (10000)
                  --for TIME         end after this time

                Ends on SIGTERM. Exit code: 0; 1 if it cannot be opened; 2 wrong usage.
                """;
    }

    @Override
    public int run(List<String> words, PrintStream out, PrintStream err) throws UsageException {
        Arguments arguments = Arguments.parse(
                words, List.of("--proxy-protocol"), List.of("--idle-timeout", "--max-connections", "--for"));
        if (arguments.rest().size() != 1) {
            throw new UsageException("One bridge is opened. Write for example: bridge 8080, or 8081:127.0.0.1:8080.");
        }
        LoopbackBridgeBuilder settings = settings(arguments);
        Duration limit = arguments.duration("--for");
        try (LoopbackBridge bridge = settings.open()) {
            Runtime.getRuntime().addShutdownHook(new Thread(bridge::close, "v6-bridge-end"));
            tell(bridge, arguments.rest().get(0), limit, out);
            return FINE;
        } catch (IOException e) {
            err.println("v6 bridge: " + e.getMessage());
            return FOUND;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FINE;
        }
    }

    private static LoopbackBridgeBuilder settings(Arguments arguments) throws UsageException {
        try {
            LoopbackBridgeBuilder settings = parse(arguments.rest().get(0));
            Duration idle = arguments.duration("--idle-timeout");
            if (idle != null) {
                settings = settings.idleTimeout(idle);
            }
            for (String number : arguments.all("--max-connections")) {
                settings = settings.maxConnections(Integer.parseInt(number));
            }
            return arguments.has("--proxy-protocol") ? settings.proxyProtocol() : settings;
        } catch (NumberFormatException e) {
            throw new UsageException("--max-connections must be a number. Write for example 500.");
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private static LoopbackBridgeBuilder parse(String text) throws UsageException {
        int first = text.indexOf(':');
        if (first < 0) {
            return LoopbackBridge.to(Arguments.port(text));
        }
        int last = text.lastIndexOf(':');
        if (first == last) {
            throw new UsageException(
                    "'" + text + "' names no address between its ports. Write for example" + " 8081:127.0.0.1:8080.");
        }
        InetAddress address = Literal.parse(text.substring(first + 1, last));
        if (address == null) {
            throw new UsageException("'" + text.substring(first + 1, last)
                    + "' is a name. Write the service's loopback address in digits: 127.0.0.1 or [::1].");
        }
        return LoopbackBridge.to(new InetSocketAddress(address, Arguments.port(text.substring(last + 1))))
                .on(Arguments.port(text.substring(0, first)));
    }

    /** Says where it listens, and again when that changes. */
    private static void tell(LoopbackBridge bridge, String what, @Nullable Duration limit, PrintStream out)
            throws InterruptedException {
        long end = limit == null ? Long.MAX_VALUE : System.nanoTime() + limit.toNanos();
        Set<InetSocketAddress> before = null;
        do {
            Set<InetSocketAddress> now = Set.copyOf(bridge.listensOn());
            if (!now.equals(before)) {
                before = now;
                out.println("bridge " + what + "  " + text(now));
                out.flush();
            }
            TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
        } while (limit == null || System.nanoTime() < end);
    }

    static String text(Set<InetSocketAddress> addresses) {
        if (addresses.isEmpty()) {
            return "waits for the service to listen";
        }
        List<String> texts = new ArrayList<>();
        for (InetSocketAddress address : addresses) {
            texts.add(AddressText.of(address.getAddress(), address.getPort()));
        }
        Collections.sort(texts);
        return "listens on " + String.join(", ", texts);
    }
}
