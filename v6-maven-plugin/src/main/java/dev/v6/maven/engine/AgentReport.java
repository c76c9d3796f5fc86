// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.v6.Family;
import dev.v6.Outcome;
import dev.v6.Protocol;
import dev.v6.probe.ProbeResult;
import dev.v6.proc.Endpoint;
import dev.v6.proc.Listener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Reads the lines that the agent's {@code witness --json} and {@code probe --json} print. */
final class AgentReport {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Sightings sightings;
    private final Consumer<ProbeResult> onProbe;

    AgentReport(Sightings sightings, Consumer<ProbeResult> onProbe) {
        this.sightings = sightings;
        this.onProbe = onProbe;
    }

    /**
     * Takes one line.
     *
     * @return false if it is no event: something else that the JVM had to say
     */
    boolean take(String line) {
        if (!line.startsWith("{")) {
            return false;
        }
        try {
            JsonNode event = JSON.readTree(line);
            switch (event.path("event").asText()) {
                case "probe" -> onProbe.accept(probe(event));
                case "arrival" -> sightings.arrived(arrival(event));
                case "listeners" -> sightings.listening(listeners(event));
                case "facts" -> sightings.learnt(facts(event));
                default -> {
                    return false;
                }
            }
            return true;
        } catch (JsonProcessingException | UnknownHostException | IllegalArgumentException cutOff) {
            return false;
        }
    }

    private static ProbeResult probe(JsonNode event) throws UnknownHostException {
        InetSocketAddress local = event.path("local").isTextual() ? socket(event, "local", "localPort") : null;
        String outcome = event.path("outcome").asText().toUpperCase(Locale.ROOT).replace('-', '_');
        return new ProbeResult(
                socket(event, "address", "port"),
                Outcome.valueOf(outcome),
                event.path("accepted").asBoolean(),
                local,
                Instant.ofEpochMilli(event.path("at").asLong()),
                Duration.ofMillis(event.path("millis").asLong()),
                event.path("detail").asText());
    }

    private static Arrival arrival(JsonNode event) throws UnknownHostException {
        return new Arrival(
                event.path("port").asInt(),
                family(event.path("family").asText()),
                socket(event, "peer", "peerPort"),
                event.path("accepted").asBoolean(),
                event.path("at").asLong());
    }

    private static List<Listener> listeners(JsonNode event) throws UnknownHostException {
        List<Listener> listeners = new ArrayList<>();
        for (JsonNode row : event.path("listeners")) {
            InetAddress address = address(row.path("address").asText());
            boolean mapped = row.path("mapped").asBoolean();
            Family table = mapped ? Family.IPV6 : Family.of(address);
            Protocol protocol = Protocol.valueOf(row.path("protocol").asText().toUpperCase(Locale.ROOT));
            listeners.add(new Listener(
                    protocol,
                    table,
                    new Endpoint(address, mapped, row.path("port").asInt()),
                    0));
        }
        return listeners;
    }

    private static Facts facts(JsonNode event) throws UnknownHostException {
        List<Facts.LocalAddress> addresses = new ArrayList<>();
        for (JsonNode row : event.path("addresses")) {
            addresses.add(new Facts.LocalAddress(
                    row.path("interface").asText(),
                    address(row.path("address").asText()),
                    row.path("tentative").asBoolean()));
        }
        return new Facts(
                addresses,
                event.path("ipv6Disabled").asBoolean(),
                event.path("defaultRoute6").asBoolean(),
                texts(event.path("localhost")),
                texts(event.path("problems")));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    private static Family family(String label) {
        return label.equals(Family.IPV6.toString()) ? Family.IPV6 : Family.IPV4;
    }

    private static InetSocketAddress socket(JsonNode event, String address, String port) throws UnknownHostException {
        return new InetSocketAddress(
                address(event.path(address).asText()), event.path(port).asInt());
    }

    /** The agent prints literals only. A zone names an interface of another namespace, so it means nothing here. */
    @SuppressWarnings("AddressSelection")
    private static InetAddress address(String literal) throws UnknownHostException {
        int zone = literal.indexOf('%');
        String plain = zone < 0 ? literal : literal.substring(0, zone);
        if (plain.isEmpty() || !plain.matches("[0-9a-fA-F:.]+")) {
            throw new UnknownHostException(literal);
        }
        return InetAddress.getByName(plain);
    }
}
