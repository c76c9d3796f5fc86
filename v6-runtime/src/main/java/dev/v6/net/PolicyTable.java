// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import dev.v6.Literal;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What RFC 6724 leaves to the administrator: a precedence and a label for each prefix, and the scope of IPv4 addresses.
 * It is written as in gai.conf (man 5 gai.conf): one {@code label}, {@code precedence} or {@code scopev4} line replaces
 * the whole default table of its kind.
 */
public final class PolicyTable {
    private static final int LINK_LOCAL = 0x2;
    private static final int SITE_LOCAL = 0x5;
    private static final int GLOBAL = 0xe;

    private static final String RFC_6724 = """
            precedence ::1/128       50
            precedence ::/0          40
            precedence ::ffff:0:0/96 35
            precedence 2002::/16     30
            precedence 2001::/32      5
            precedence fc00::/7       3
            precedence ::/96          1
            precedence fec0::/10      1
            precedence 3ffe::/16      1
            label ::1/128             0
            label ::/0                1
            label ::ffff:0:0/96       4
            label 2002::/16           2
            label 2001::/32           5
            label fc00::/7           13
            label ::/96               3
            label fec0::/10          11
            label 3ffe::/16          12
            scopev4 169.254.0.0/16    2
            scopev4 127.0.0.0/8       2
            scopev4 0.0.0.0/0        14
            """;

    private static final PolicyTable DEFAULTS = parse(RFC_6724);

    private final List<Row> precedences;
    private final List<Row> labels;
    private final List<Row> scopes;

    private record Row(Prefix prefix, int value) {}

    private PolicyTable(List<Row> precedences, List<Row> labels, List<Row> scopes) {
        this.precedences = precedences;
        this.labels = labels;
        this.scopes = scopes;
    }

    /**
     * The tables of RFC 6724, 2.1 and 3.2.
     *
     * @return what holds where nobody wrote another
     */
    public static PolicyTable defaults() {
        return DEFAULTS;
    }

    /**
     * Reads a file such as /etc/gai.conf.
     *
     * @param file its place
     * @return the tables, the default ones for kinds that the file does not mention
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if a line is none of gai.conf; says which and why
     */
    public static PolicyTable read(Path file) throws IOException {
        return parse(Files.readString(file, StandardCharsets.UTF_8), file.toString());
    }

    /**
     * Reads lines as gai.conf has them. {@code #} begins a comment; {@code reload} is taken and means nothing here.
     *
     * @param text the lines
     * @return the tables, the default ones for kinds that the text does not mention
     * @throws IllegalArgumentException if a line is none of gai.conf; says which and why
     */
    public static PolicyTable parse(String text) {
        return parse(text, "The policy table");
    }

    private static PolicyTable parse(String text, String source) {
        List<Row> precedences = new ArrayList<>();
        List<Row> labels = new ArrayList<>();
        List<Row> scopes = new ArrayList<>();
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].replaceFirst("#.*", "").strip();
            String[] words = line.split("\\s+", -1);
            String place = source + ", line " + (i + 1) + ": ";
            switch (words[0].toLowerCase(Locale.ROOT)) {
                case "", "reload" -> {}
                case "precedence" -> precedences.add(row(words, place));
                case "label" -> labels.add(row(words, place));
                case "scopev4" -> scopes.add(scope(words, place));
                default ->
                    throw new IllegalArgumentException(place + "'" + words[0]
                            + "' is none of label, precedence, scopev4 and reload. Write one of these, or remove it.");
            }
        }
        return new PolicyTable(
                precedences.isEmpty() ? DEFAULTS.precedences : longestFirst(precedences),
                labels.isEmpty() ? DEFAULTS.labels : longestFirst(labels),
                scopes.isEmpty() ? DEFAULTS.scopes : longestFirst(scopes));
    }

    private static List<Row> longestFirst(List<Row> rows) {
        rows.sort(Comparator.comparingInt((Row row) -> row.prefix().length()).reversed());
        return List.copyOf(rows);
    }

    private static Row scope(String[] words, String place) {
        Row row = row(words, place);
        if (row.prefix().length() < Prefix.MAPPED_BITS) {
            throw new IllegalArgumentException(place + words[1]
                    + " is no IPv4 prefix. Write one such as 169.254.0.0/16 or ::ffff:169.254.0.0/112.");
        }
        return row;
    }

    private static Row row(String[] words, String place) {
        if (words.length != 3) {
            throw new IllegalArgumentException(place + "'" + words[0] + "' takes a prefix and a number, but "
                    + (words.length - 1) + " words follow. Write for example: " + words[0] + " "
                    + (words[0].equalsIgnoreCase("scopev4") ? "169.254.0.0/16 2." : "2001:db8::/32 10."));
        }
        return new Row(prefix(words[1], place), number(words[2], Integer.MAX_VALUE, place));
    }

    private static Prefix prefix(String text, String place) {
        int slash = text.indexOf('/');
        String digits = slash < 0 ? text : text.substring(0, slash);
        InetAddress address;
        try {
            address = Literal.parse(digits);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(place + e.getMessage(), e);
        }
        if (address == null) {
            throw new IllegalArgumentException(
                    place + "'" + digits + "' is no address. Write a prefix such as 2001:db8::/32.");
        }
        // The JDK makes IPv4 of an IPv4-mapped text, whose length still counts IPv6's bits.
        int before = digits.indexOf(':') >= 0 ? 0 : Prefix.MAPPED_BITS;
        int most = Prefix.IPV6_BITS - before;
        int length = slash < 0 ? most : number(text.substring(slash + 1), most, place);
        return new Prefix(Prefix.bytes(address), before + length);
    }

    private static int number(String text, int most, String place) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException(
                place + "'" + text + "' is no number from 0 to " + most + ". Write such a number.");
    }

    /**
     * The precedence of an address.
     *
     * @param address any address
     * @return the higher, the better
     */
    public int precedence(InetAddress address) {
        return value(precedences, Prefix.bytes(address), 1);
    }

    /**
     * The label of an address: source and destination go together best if theirs are the same.
     *
     * @param address any address
     * @return a number without an order
     */
    public int label(InetAddress address) {
        return value(labels, Prefix.bytes(address), 1);
    }

    /**
     * The scope of an address (RFC 4291, 2.7; RFC 6724, 3.1 and 3.2). Unique local addresses have global scope.
     *
     * @param address any address
     * @return 2 for link-local and loopback, 5 for site-local, 14 for global; a multicast address carries its own
     */
    public int scope(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return value(scopes, Prefix.bytes(address), GLOBAL);
        }
        if (address.isMulticastAddress()) {
            return address.getAddress()[1] & 0xf;
        }
        if (address.isLinkLocalAddress() || address.isLoopbackAddress()) {
            return LINK_LOCAL;
        }
        return address.isSiteLocalAddress() ? SITE_LOCAL : GLOBAL;
    }

    private static int value(List<Row> rows, byte[] address, int otherwise) {
        for (Row row : rows) {
            if (row.prefix().contains(address)) {
                return row.value();
            }
        }
        return otherwise;
    }
}
