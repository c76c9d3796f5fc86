// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import dev.v6.AddressText;
import dev.v6.FindingCode;
import dev.v6.dns.BypassResolver;
import dev.v6.dns.Server;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Gives programs that are no JVM a resolv.conf that passes the embedded DNS by. */
final class ResolvConfCommand implements Command {
    private static final int DNS = 53;
    private static final int MOST_SERVERS = 3; // as glibc takes

    @Override
    public String usage() {
        return """
                Usage: resolv-conf [--bypass | --write | --restore] [--file PATH]

                For programs in this container that are no JVM. They ask the servers of resolv.conf, and with 127.0.0.11 alone
                there, what the embedded DNS cannot do, they cannot do either. Without it they find no names of containers.

                  --bypass     print the file as it should be: the upstreams that answer from here stand for 127.0.0.11 (this
                               is what happens if nothing is said)
                  --write      write that into the file, in place, and keep a copy
                  --restore    write the copy back
                  --file PATH  another file than /etc/resolv.conf

                v6.dns.servers and V6_DNS_SERVERS name other upstreams. Exit code: 0 done, 1 no upstream answers or the file
                cannot be written; 2 wrong usage.
                """;
    }

    @Override
    public int run(List<String> words, PrintStream out, PrintStream err) throws UsageException {
        List<String> actions = List.of("--bypass", "--write", "--restore");
        Arguments arguments = Arguments.parse(words, actions, List.of("--file"));
        arguments.noRest();
        List<String> given = new ArrayList<>(actions);
        given.removeIf(action -> !arguments.has(action));
        if (given.size() > 1) {
            throw new UsageException(String.join(" and ", given) + " exclude each other. Give one of them.");
        }
        List<String> files = arguments.all("--file");
        ResolvConfFile file =
                new ResolvConfFile(Path.of(files.isEmpty() ? "/etc/resolv.conf" : files.get(files.size() - 1)));
        if (arguments.has("--restore")) {
            return restore(file, out, err);
        }
        List<String> addresses = addresses(file.path(), err);
        if (addresses.isEmpty()) {
            say(err, FindingCode.NO_UPSTREAM.cause() + " " + FindingCode.NO_UPSTREAM.remedy());
            return FOUND;
        }
        return arguments.has("--write") ? write(file, addresses, out, err) : print(file, addresses, out, err);
    }

    private static List<String> addresses(Path file, PrintStream err) throws UsageException {
        List<String> addresses = new ArrayList<>();
        try (BypassResolver resolver = BypassResolver.builder().resolvConf(file).build()) {
            for (Server server : resolver.upstreams()) {
                if (server.port() != DNS) {
                    say(err, server + " is left out: resolv.conf has no place for a port other than 53.");
                } else if (addresses.size() == MOST_SERVERS) {
                    say(err, server + " is left out: the C library takes " + MOST_SERVERS + " servers.");
                } else {
                    addresses.add(AddressText.of(server.address()));
                }
            }
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        return addresses;
    }

    private static int print(ResolvConfFile file, List<String> addresses, PrintStream out, PrintStream err) {
        try {
            out.print(file.bypassing(addresses));
            return FINE;
        } catch (IOException e) {
            say(err, file.path() + " cannot be read: " + reason(e) + ". Name another with --file.");
            return FOUND;
        }
    }

    private static int write(ResolvConfFile file, List<String> addresses, PrintStream out, PrintStream err) {
        try {
            Path copy = file.write(addresses);
            out.println(file.path() + " names " + String.join(", ", addresses) + " now. What it was is in " + copy
                    + "; resolv-conf --restore writes it back. Names of containers are not found by programs that"
                    + " read it.");
            return FINE;
        } catch (IOException e) {
            say(
                    err,
                    file.path() + " was not changed: " + reason(e) + ". The same from outside, without any rights in"
                            + " here:");
            err.println("  docker run --dns " + String.join(" --dns ", addresses) + " ...");
            err.println("  or, in compose, under the service:");
            err.println("    dns: [\"" + String.join("\", \"", addresses) + "\"]");
            return FOUND;
        }
    }

    private static int restore(ResolvConfFile file, PrintStream out, PrintStream err) {
        try {
            Path copy = file.restore();
            out.println(file.path() + " is as " + copy + " had it, which is deleted.");
            return FINE;
        } catch (IOException e) {
            say(
                    err,
                    file.path() + " was not restored: " + reason(e)
                            + ". Restart the container to have the engine write it anew.");
            return FOUND;
        }
    }

    private static String reason(IOException e) {
        return e.getClass() == IOException.class || e.getClass() == java.io.FileNotFoundException.class
                ? String.valueOf(e.getMessage())
                : e.getClass().getSimpleName() + " " + e.getMessage();
    }

    private static void say(PrintStream err, String sentence) {
        err.println("v6 resolv-conf: " + sentence);
    }
}
