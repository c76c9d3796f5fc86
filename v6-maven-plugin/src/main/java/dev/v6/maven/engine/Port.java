// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import dev.v6.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A port of the service, as it counts them itself.
 *
 * @param number 1 to 65535
 * @param protocol TCP or UDP
 */
public record Port(int number, Protocol protocol) implements Comparable<Port> {

    /**
     * Reads a list such as {@code 8080,9090/udp}.
     *
     * @param text ports separated by commas or white space
     * @return the ports in their order, each once
     * @throws IllegalArgumentException with a sentence, if a part is not a port
     */
    public static List<Port> list(String text) {
        List<Port> ports = new ArrayList<>();
        for (String part : text.trim().split("[,\\s]+", -1)) {
            Port port = parse(part);
            if (!ports.contains(port)) {
                ports.add(port);
            }
        }
        return ports;
    }

    private static Port parse(String text) {
        String[] parts = text.split("/", 2);
        try {
            int number = Integer.parseInt(parts[0]);
            if (number >= 1 && number <= 65_535) {
                return new Port(
                        number, parts.length == 1 ? Protocol.TCP : Protocol.valueOf(parts[1].toUpperCase(Locale.ROOT)));
            }
        } catch (IllegalArgumentException notANumberOrProtocol) {
            // Said below, together with what is out of range.
        }
        throw new IllegalArgumentException("v6.ports names '" + text
                + "', which is no port. Write numbers from 1 to 65535 separated by commas, each with /tcp or /udp where"
                + " needed: 8080,9090/udp.");
    }

    @Override
    public int compareTo(Port other) {
        return number != other.number ? Integer.compare(number, other.number) : protocol.compareTo(other.protocol);
    }

    /** As written: {@code 8080/tcp}. */
    @Override
    public String toString() {
        return number + "/" + protocol.word();
    }
}
