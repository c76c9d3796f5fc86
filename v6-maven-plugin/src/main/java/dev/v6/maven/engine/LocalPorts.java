// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import dev.v6.proc.Listener;
import dev.v6.proc.ProcFs;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The port numbers that a service gets on this machine. Where its settings say {@code {8080}} it takes a free one in the
 * place of 8080; elsewhere the number stands and must be free.
 */
final class LocalPorts {
    private static final Pattern PLACE = Pattern.compile("\\{(\\d+)}");

    private final Map<Integer, Integer> free = new HashMap<>();

    /** The settings with each {@code {N}} replaced by a free port, the same one each time. */
    String fill(String text) throws EngineException {
        Matcher places = PLACE.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (places.find()) {
            int wanted = Integer.parseInt(places.group(1));
            if (!free.containsKey(wanted)) {
                free.put(wanted, findFree());
            }
            places.appendReplacement(filled, Integer.toString(free.get(wanted)));
        }
        return places.appendTail(filled).toString();
    }

    List<String> fillAll(List<String> texts) throws EngineException {
        List<String> filled = new ArrayList<>();
        for (String text : texts) {
            filled.add(fill(text));
        }
        return filled;
    }

    /** The ports as they are here. */
    List<Port> really(List<Port> ports) throws EngineException {
        List<Port> real = new ArrayList<>();
        for (Port port : ports) {
            if (free.containsKey(port.number())) {
                real.add(new Port(free.get(port.number()), port.protocol()));
            } else {
                mustBeFree(port);
                real.add(port);
            }
        }
        return real;
    }

    /** Which numbers were replaced, in words. */
    String describe() {
        List<String> words = new ArrayList<>();
        free.forEach((wanted, real) -> words.add(wanted + " is " + real + " here"));
        return words.isEmpty() ? "" : ", " + String.join(", ", words);
    }

    private static void mustBeFree(Port port) throws EngineException {
        Optional<Listener> taken = ProcFs.at(Path.of("/proc")).listeners().rows().stream()
                .filter(l -> l.protocol() == port.protocol() && l.local().port() == port.number())
                .findFirst();
        if (taken.isPresent()) {
            throw new EngineException("Port " + port + " is taken on this machine: something listens on "
                    + taken.get().local()
                    + ". End that, or let the service take a free port: set v6.env to the variable"
                    + " that the service reads its port from, as in -Dv6.env=PORT={" + port.number() + "}.");
        }
    }

    /** A wildcard socket serves both families, so what it gets is free in both. */
    private static int findFree() throws EngineException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new EngineException(
                    "This machine has no free port (" + e.getMessage()
                            + "). End what holds them, or raise net.ipv4.ip_local_port_range, and run v6:verify again.",
                    e);
        }
    }
}
