// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import dev.v6.Nearest;
import dev.v6.Setting;
import dev.v6.check.CheckMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What follows the equals sign of {@code -javaagent:v6-runtime-agent.jar=check=warn,ports=8080+8443,bridge=auto,dns=auto}. Each
 * argument is a {@link Setting} by its last word, and what is set by property or environment goes before it. Nothing in
 * it stops a service: what makes no sense becomes a complaint.
 *
 * @param mode what a check leads to
 * @param ports the ports to wait for and to check, none for whatever the service opens
 * @param patience how long they are waited for
 * @param bridge whether those of the ports that turn out to be on loopback only are to be bridged
 * @param fix whether what is safe to mend is mended before the service's main method
 * @param report where the report goes in JSON, empty for nowhere
 * @param every how often to check again; null for once
 * @param complaints a sentence each
 */
record AgentArguments(
        CheckMode mode,
        List<Integer> ports,
        Duration patience,
        boolean bridge,
        boolean fix,
        String report,
        @Nullable Duration every,
        List<String> complaints) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Setting[] ALL = {
        Setting.CHECK,
        Setting.CHECK_PORTS,
        Setting.CHECK_TIMEOUT,
        Setting.CHECK_REPORT,
        Setting.CHECK_EVERY,
        Setting.FIX,
        Setting.BRIDGE,
        Setting.DNS
    };

    static AgentArguments parse(@Nullable String text) {
        List<String> complaints = new ArrayList<>();
        Map<Setting, String> given = given(text == null ? "" : text, complaints);
        Words words = new Words(given, complaints);
        CheckMode mode = CheckMode.of(words.of(Setting.CHECK), complaints);
        List<Integer> ports = words.ports();
        boolean bridge = words.is(Setting.BRIDGE, "auto", "off");
        if (bridge && ports.isEmpty()) {
            complaints.add("bridge=auto bridges named ports only, and none is. Write for example"
                    + " ports=8080,bridge=auto.");
        }
        Duration patience = words.duration(Setting.CHECK_TIMEOUT);
        return new AgentArguments(
                mode,
                ports,
                patience == null ? PATIENCE : patience,
                bridge,
                words.is(Setting.FIX, "true", "false"),
                words.of(Setting.CHECK_REPORT),
                words.duration(Setting.CHECK_EVERY),
                complaints);
    }

    private static Map<Setting, String> given(String text, List<String> complaints) {
        Map<Setting, String> given = new EnumMap<>(Setting.class);
        for (String argument : split(text, ',')) {
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            Setting setting = setting(name);
            if (setting == null) {
                complaints.add("There is no agent argument " + name + ". " + Nearest.hint(name, names()));
            } else if (given.put(setting, equals < 0 ? "" : argument.substring(equals + 1)) != null) {
                complaints.add(
                        "The agent argument " + name + " is there twice, and the last one counts. Leave one out.");
            }
        }
        return given;
    }

    private static @Nullable Setting setting(String name) {
        for (Setting setting : ALL) {
            if (setting.argument().equals(name)) {
                return setting;
            }
        }
        return null;
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>();
        for (Setting setting : ALL) {
            names.add(setting.argument());
        }
        return names;
    }

    static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        while (start <= text.length()) {
            int found = text.indexOf(separator, start);
            int end = found < 0 ? text.length() : found;
            if (end > start) {
                parts.add(text.substring(start, end).strip());
            }
            start = end + 1;
        }
        return parts;
    }

    /** What is set, and what is wrong with it. */
    private record Words(Map<Setting, String> given, List<String> complaints) {

        String of(Setting setting) {
            String set = setting.value();
            return set.isEmpty() ? given.getOrDefault(setting, "") : set;
        }

        private boolean isGiven(Setting setting) {
            return given.containsKey(setting) || !setting.value().isEmpty();
        }

        boolean is(Setting setting, String yes, String no) {
            String word = of(setting);
            if (isGiven(setting) && !word.equals(yes) && !word.equals(no)) {
                complaints.add(setting.property() + " is '" + word + "', which is not known. Write " + yes + " or " + no
                        + ".");
            }
            return word.equals(yes);
        }

        @Nullable
        Duration duration(Setting setting) {
            String word = of(setting);
            if (!isGiven(setting)) {
                return null;
            }
            try {
                return Arguments.duration(setting.property(), word);
            } catch (UsageException e) {
                complaints.add(e.getMessage() + " Until then it does not count.");
                return null;
            }
        }

        List<Integer> ports() {
            List<Integer> ports = new ArrayList<>();
            List<String> written = split(of(Setting.CHECK_PORTS).replace(',', '+'), '+');
            if (written.isEmpty() && isGiven(Setting.CHECK_PORTS)) {
                complaints.add(Setting.CHECK_PORTS.property() + " names no port. Write for example ports=8080+8443.");
            }
            for (String port : written) {
                try {
                    ports.add(Arguments.port(port));
                } catch (UsageException e) {
                    complaints.add(Setting.CHECK_PORTS.property() + " is wrong. " + e.getMessage());
                }
            }
            return ports;
        }
    }
}
