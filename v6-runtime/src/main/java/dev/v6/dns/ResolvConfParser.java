// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import dev.v6.AddressText;
import dev.v6.Finding;
import dev.v6.FindingCode;
import dev.v6.Literal;
import dev.v6.Severity;
import dev.v6.proc.Problems;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * Takes resolv.conf line by line as glibc does: a keyword counts at the very beginning of a line and before a blank;
 * {@code search} and {@code domain} replace each other; options add up, the later value of each counting. Besides that,
 * a line may end in CR LF.
 */
final class ResolvConfParser {
    /** MAXNS of glibc's resolv.h. */
    private static final int MOST_SERVERS = 3;

    private static final String BLANKS = " \t";

    private final Path file;
    private final ResolvEnvironment environment;
    private final Problems problems;
    private final List<InetAddress> servers = new ArrayList<>();
    private List<String> search;
    private ResolvOptions options = ResolvOptions.DEFAULT;
    private EngineNotes notes = EngineNotes.NONE;
    private int tooMany;

    ResolvConfParser(Path file, ResolvEnvironment environment, Problems problems) {
        this.file = file;
        this.environment = environment;
        this.problems = problems;
        String local = environment.localDomain();
        this.search = domains(local == null ? domainOf(environment.hostName()) : local);
    }

    void line(int number, String raw) {
        String line = raw.endsWith("\r") ? raw.substring(0, raw.length() - 1) : raw;
        if (line.startsWith("#") || line.startsWith(";")) {
            notes = notes.with(line);
            return;
        }
        StringTokenizer words = new StringTokenizer(line, BLANKS);
        if (!words.hasMoreTokens()) {
            return;
        }
        String keyword = words.nextToken();
        String rest =
                line.substring(Math.min(line.length(), keyword.length() + 1)).strip();
        switch (line.startsWith(keyword) ? keyword : "") {
            case "nameserver" -> nameserver(number, rest);
            case "search" -> search(rest);
            case "domain" -> search(words.hasMoreTokens() ? words.nextToken() : "");
            case "options" -> options(rest);
            case "sortlist" -> {}
            default ->
                problems.add(file + " line " + number + " says nothing that resolv.conf(5) knows, so it was left out: '"
                        + Problems.printable(line) + "'.");
        }
    }

    private void nameserver(int number, String rest) {
        StringTokenizer words = new StringTokenizer(rest, " \t;#");
        String address = words.hasMoreTokens() ? words.nextToken() : "";
        InetAddress server = literal(address);
        if (server == null) {
            problems.add(file + " line " + number + " names the server '" + Problems.printable(address)
                    + "', which is no IP address or one of an interface that does not exist, so it was left out.");
        } else if (servers.size() < MOST_SERVERS) {
            servers.add(server);
        } else {
            tooMany++;
        }
    }

    private static @Nullable InetAddress literal(String address) {
        try {
            return Literal.parse(address);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private void search(String list) {
        List<String> named = domains(list);
        if (!named.isEmpty() && environment.localDomain() == null) {
            search = named;
        }
    }

    private static List<String> domains(String list) {
        List<String> domains = new ArrayList<>();
        StringTokenizer words = new StringTokenizer(list, BLANKS);
        while (words.hasMoreTokens()) {
            String word = words.nextToken();
            domains.add(word.endsWith(".") ? word.substring(0, word.length() - 1) : word);
        }
        return domains;
    }

    private static String domainOf(String hostName) {
        int dot = hostName.indexOf('.');
        return dot < 0 ? "" : hostName.substring(dot + 1);
    }

    private void options(String list) {
        StringTokenizer words = new StringTokenizer(list, BLANKS);
        while (words.hasMoreTokens()) {
            options = options.with(words.nextToken());
        }
    }

    ResolvConf end() {
        if (environment.resOptions() != null) {
            options(environment.resOptions());
        }
        List<Finding> findings = new ArrayList<>(ResolvConf.findings(problems.sentences()));
        if (tooMany > 0) {
            findings.add(Finding.of(
                            FindingCode.BAD_RESOLVER_FILE,
                            file + " names " + (MOST_SERVERS + tooMany) + " servers; the first " + MOST_SERVERS
                                    + " count, as in glibc.")
                    .withSeverity(Severity.INFO));
        }
        if (notes.defaults()) {
            findings.add(Finding.of(
                    FindingCode.DEFAULT_NAMESERVERS,
                    file + " says that the engine used its default nameservers: " + AddressText.of(servers, ", ")
                            + "."));
        }
        return new ResolvConf(servers, search, options, notes, findings);
    }
}
