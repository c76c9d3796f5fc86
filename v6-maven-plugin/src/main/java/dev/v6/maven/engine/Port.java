// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import dev.v6.Protocol;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A port of the service, as it counts them itself.
 *
 * @param number 1 to 65535
 * @param protocol TCP or UDP
 */
public record Port(int number, Protocol protocol) implements Comparable<Port> {
    private static final int LARGEST = 65_535;
    private static final int LONGEST_RANGE = 100;
    private static final Pattern PORTS = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?(?:/(tcp|udp))?");

    /**
     * Reads a list such as {@code 8080,9090/udp} or {@code 8000-8010}.
     *
     * @param text ports separated by commas or white space
     * @return the ports in their order, each once
     * @throws IllegalArgumentException with a sentence, if a part is not a port
     */
    public static List<Port> list(String text) {
        Set<Port> ports = new LinkedHashSet<>();
        for (String part : text.trim().split("[,\\s]+", -1)) {
            Matcher matcher = PORTS.matcher(part);
            int first = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
            int last = first == 0 || matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
            if (first < 1 || last > LARGEST || last < first || last - first >= LONGEST_RANGE) {
                throw new IllegalArgumentException(
                        "v6.ports names '" + part + "', which is no port. Write numbers from 1"
                                + " to 65535 separated by commas, each with /tcp or /udp where needed: 8080,9090/udp.");
            }
            for (int number = first; number <= last; number++) {
                ports.add(new Port(number, "udp".equals(matcher.group(3)) ? Protocol.UDP : Protocol.TCP));
            }
        }
        return List.copyOf(ports);
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
