// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import dev.v6.Finding;
import dev.v6.Literal;
import dev.v6.proc.Problems;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What hosts(5) says: names without regard to case, each with all its addresses in the file's order. */
final class HostsFile {
    private static final String BLANKS = " \t\r\f\u000b";

    private final Map<String, Set<InetAddress>> addresses = new HashMap<>();
    private final Map<InetAddress, String> names = new HashMap<>();
    private final List<Finding> findings;

    private HostsFile(String text, Path file, Problems problems) {
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            int comment = line.indexOf('#');
            StringTokenizer words = new StringTokenizer(comment < 0 ? line : line.substring(0, comment), BLANKS);
            if (words.hasMoreTokens() && !entry(words)) {
                problems.add(file + " line " + number + " does not begin with an IP address, so it was left out: '"
                        + Problems.printable(line) + "'.");
            }
        }
        this.findings = ResolvConf.findings(problems.sentences());
    }

    /** As a class, since a lambda would be made at a service's start. */
    static final class Reader implements Function<Path, HostsFile> {
        @Override
        public HostsFile apply(Path file) {
            return read(file);
        }
    }

    static HostsFile read(Path file) {
        Problems problems = new Problems();
        return new HostsFile(TextFile.read(file, problems), file, problems);
    }

    static HostsFile parse(String text, Path file) {
        return new HostsFile(text, file, new Problems());
    }

    private boolean entry(StringTokenizer words) {
        InetAddress address;
        try {
            address = Literal.parse(words.nextToken());
        } catch (IllegalArgumentException e) {
            return false;
        }
        if (address == null) {
            return false;
        }
        while (words.hasMoreTokens()) {
            String name = words.nextToken();
            names.putIfAbsent(address, name);
            String key = name.toLowerCase(Locale.ROOT);
            Set<InetAddress> known = addresses.get(key);
            if (known == null) {
                known = new LinkedHashSet<>(2);
                addresses.put(key, known);
            }
            known.add(address);
        }
        return true;
    }

    /** The addresses of a name in lower case without a dot at its end; none if the file does not have it. */
    List<InetAddress> addresses(String name) {
        return List.copyOf(addresses.getOrDefault(name, Set.of()));
    }

    /** The first name on the first line with this address. */
    @Nullable
    String name(InetAddress address) {
        return names.get(address);
    }

    List<Finding> findings() {
        return findings;
    }
}
