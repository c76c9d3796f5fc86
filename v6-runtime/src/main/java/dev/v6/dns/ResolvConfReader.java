// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the text of a resolv.conf. Takes what can be read of any text whatever, and says what cannot. */
final class ResolvConfReader {
    private static final Pattern BLANKS = Pattern.compile("[ \t\r]+");
    private static final Pattern EXTERNAL = Pattern.compile("ExtServers: \\[([^\\]]*)\\]");
    private static final Pattern FROM_HOST = Pattern.compile("host\\(([^)]*)\\)");
    private static final String USED_DEFAULTS = "Used default nameservers";

    /** A line longer than this is no configuration. */
    private static final int LONGEST_LINE = 4096;

    /** MAXNS of resolv.h. */
    private static final int MOST_SERVERS = 3;

    private static final int MOST_PROBLEMS = 10;
    private static final int LONGEST_QUOTE = 60;
    private static final int HIGHEST_NDOTS = 15;
    private static final int HIGHEST_TIMEOUT = 30;
    private static final int HIGHEST_ATTEMPTS = 5;

    private final List<InetAddress> servers = new ArrayList<>();
    private final List<ResolvConf.External> external = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private List<String> search = List.of();
    private ResolvConf.Options options = ResolvConf.Options.GLIBC;
    private boolean defaults;

    private ResolvConfReader() {}

    /**
     * Reads a file's text.
     *
     * @param text of the file
     * @param environment LOCALDOMAIN and RES_OPTIONS go over what the file says
     */
    static ResolvConf read(String text, Map<String, String> environment) {
        ResolvConfReader reader = new ResolvConfReader();
        text.lines().forEach(reader::line);
        String domains = environment.get("LOCALDOMAIN");
        if (domains != null) {
            reader.search = reader.domains(words(domains), 0);
        }
        String more = environment.get("RES_OPTIONS");
        if (more != null) {
            reader.options(words(more), 0);
        }
        return reader.result();
    }

    private ResolvConf result() {
        int taken = Math.min(servers.size(), MOST_SERVERS);
        return new ResolvConf(
                List.copyOf(servers.subList(0, taken)),
                List.copyOf(servers.subList(taken, servers.size())),
                search,
                options,
                List.copyOf(external),
                defaults,
                List.copyOf(problems));
    }

    private void line(String line) {
        if (line.length() > LONGEST_LINE) {
            problem("A line of " + line.length() + " characters is left out.");
        } else if (line.startsWith("#") || line.startsWith(";")) {
            comment(line);
        } else {
            // glibc wants a keyword at the very beginning of its line.
            List<String> words = words(line);
            if (!words.isEmpty()) {
                keyword(words);
            }
        }
    }

    private void keyword(List<String> words) {
        switch (words.get(0)) {
            case "nameserver" -> nameserver(words);
            case "search" -> search = domains(words, 1);
            case "domain" -> search = words.size() > 1 ? domains(words.subList(0, 2), 1) : search;
            case "options" -> options(words, 1);
            case "sortlist", "" -> {} // RFC 6724 sorts
            default -> problem("'" + quote(words.get(0)) + "' is no keyword of resolv.conf(5).");
        }
    }

    private void nameserver(List<String> words) {
        InetAddress address = words.size() > 1 ? Addresses.parse(words.get(1)) : null;
        if (address == null) {
            problem("'" + quote(String.join(" ", words)) + "' names no address.");
        } else {
            servers.add(address);
        }
    }

    private List<String> domains(List<String> words, int from) {
        List<String> domains = new ArrayList<>();
        for (String word : words.subList(Math.min(from, words.size()), words.size())) {
            if (word.startsWith("#") || word.startsWith(";")) {
                break; // a comment, whatever glibc makes of it
            }
            String domain = word.endsWith(".") ? word.substring(0, word.length() - 1) : word;
            if (!domain.isEmpty() && DomainName.valid(domain)) {
                domains.add(domain);
            } else if (!domain.isEmpty()) {
                problem("'" + quote(word) + "' is no domain to search.");
            }
        }
        return List.copyOf(domains);
    }

    private void options(List<String> words, int from) {
        for (String word : words.subList(Math.min(from, words.size()), words.size())) {
            int colon = word.indexOf(':');
            String name = colon < 0 ? word : word.substring(0, colon);
            String value = colon < 0 ? "" : word.substring(colon + 1);
            option(name, value);
        }
    }

    private void option(String name, String value) {
        ResolvConf.Options o = options;
        int ndots = o.ndots();
        int timeout = o.timeoutSeconds();
        int attempts = o.attempts();
        boolean rotate = o.rotate();
        boolean tcp = o.tcp();
        boolean noAaaa = o.noAaaa();
        boolean single = o.single();
        switch (name) {
            case "ndots" -> ndots = number(name, value, 0, HIGHEST_NDOTS, ndots);
            case "timeout" -> timeout = number(name, value, 1, HIGHEST_TIMEOUT, timeout);
            case "attempts" -> attempts = number(name, value, 1, HIGHEST_ATTEMPTS, attempts);
            case "rotate" -> rotate = true;
            case "use-vc" -> tcp = true;
            case "no-aaaa" -> noAaaa = true;
            case "single-request", "single-request-reopen" -> single = true;
            default -> {} // glibc has many, and leaves out those that it does not know
        }
        options = new ResolvConf.Options(ndots, timeout, attempts, rotate, tcp, noAaaa, single);
    }

    /** Beyond its bounds the nearest, as glibc has it. */
    private int number(String name, String value, int lowest, int highest, int before) {
        try {
            return Math.max(lowest, Math.min(highest, Integer.parseInt(value)));
        } catch (NumberFormatException e) {
            problem("The option '" + quote(name + ":" + value) + "' has no number.");
            return before;
        }
    }

    private void comment(String line) {
        defaults |= line.contains(USED_DEFAULTS);
        Matcher list = EXTERNAL.matcher(line);
        if (!list.find()) {
            return;
        }
        for (String word : words(list.group(1))) {
            Matcher fromHost = FROM_HOST.matcher(word);
            boolean host = fromHost.matches();
            InetAddress address = Addresses.parse(host ? fromHost.group(1) : word);
            if (address == null) {
                problem("The comment ExtServers names '" + quote(word) + "', which is no address.");
            } else {
                external.add(new ResolvConf.External(address, host));
            }
        }
    }

    private static List<String> words(String line) {
        return Arrays.stream(BLANKS.split(line)).toList();
    }

    private void problem(String sentence) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(sentence);
        }
    }

    /** Of what may be binary, what can be shown. */
    private static String quote(String text) {
        StringBuilder shown = new StringBuilder();
        for (char c : text.substring(0, Math.min(LONGEST_QUOTE, text.length())).toCharArray()) {
            shown.append(c < ' ' || c > '~' ? '?' : c);
        }
        return shown.toString();
    }
}
