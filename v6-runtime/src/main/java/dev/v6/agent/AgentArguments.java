// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import dev.v6.Nearest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What follows the equals sign of {@code -javaagent:v6-runtime-agent.jar=ports=8080+8443,bridge=auto,dns=auto}. Nothing in it stops a service:
 * what makes no sense becomes a complaint.
 *
 * @param ports the ports to wait for and to check, none for whatever the service opens
 * @param bridge whether those of the ports that turn out to be on loopback only are to be bridged
 * @param dns whether v6 answers look-ups, as {@code v6.dns} says it; null if the arguments do not tell
 * @param complaints a sentence each
 */
record AgentArguments(
        List<Integer> ports, boolean bridge, @Nullable String dns, List<String> complaints) {
    private static final String PORTS = "ports";
    private static final String BRIDGE = "bridge";
    private static final String DNS = "dns";

    static AgentArguments parse(@Nullable String text) {
        List<Integer> ports = new ArrayList<>();
        List<String> complaints = new ArrayList<>();
        boolean bridge = false;
        String dns = null;
        for (String argument : split(text == null ? "" : text, ',')) {
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            if (name.equals(PORTS)) {
                ports(equals < 0 ? "" : argument.substring(equals + 1), ports, complaints);
            } else if (name.equals(BRIDGE)) {
                bridge = argument.equals("bridge=auto");
                if (!bridge) {
                    complaints.add("The agent argument " + argument + " is not known. Write bridge=auto.");
                }
            } else if (name.equals(DNS)) {
                dns = equals < 0 ? "" : argument.substring(equals + 1);
            } else {
                complaints.add(
                        "There is no agent argument " + name + ". " + Nearest.hint(name, List.of(PORTS, BRIDGE, DNS)));
            }
        }
        if (bridge && ports.isEmpty()) {
            complaints.add("The agent argument bridge=auto bridges named ports only, and none is. Write for example"
                    + " ports=8080,bridge=auto.");
        }
        return new AgentArguments(ports, bridge, dns, complaints);
    }

    private static void ports(String text, List<Integer> ports, List<String> complaints) {
        List<String> written = split(text, '+');
        if (written.isEmpty()) {
            complaints.add("The agent argument ports names none. Write for example ports=8080+8443.");
        }
        for (String port : written) {
            try {
                ports.add(Arguments.port(port));
            } catch (UsageException e) {
                complaints.add("The agent argument ports is wrong. " + e.getMessage());
            }
        }
    }

    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        while (start <= text.length()) {
            int found = text.indexOf(separator, start);
            int end = found < 0 ? text.length() : found;
            if (end > start) {
                parts.add(text.substring(start, end));
            }
            start = end + 1;
        }
        return parts;
    }
}
