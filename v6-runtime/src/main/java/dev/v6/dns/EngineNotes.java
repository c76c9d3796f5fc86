// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import dev.v6.Literal;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * What Docker Engine 26 and later say in the comments of a container's resolv.conf. Their form is documented nowhere,
 * engines before 26 write none and a user may have edited them, so they are hints and no more.
 *
 * @param servers whom the embedded DNS asks ({@code # ExtServers:})
 * @param defaults whether the engine took its own servers for the host's ({@code # Used default nameservers.})
 * @param overrides what the user set instead of the host's file ({@code # Overrides:}), such as {@code nameservers}
 */
public record EngineNotes(List<ExtServer> servers, boolean defaults, List<String> overrides) {
    static final EngineNotes NONE = new EngineNotes(List.of(), false, List.of());

    private static final String SERVERS = "# ExtServers:";
    private static final String DEFAULTS = "# Used default nameservers.";
    private static final String OVERRIDES = "# Overrides:";
    private static final String FROM_HOST = "host(";

    /**
     * A server that the embedded DNS asks.
     *
     * @param address its address
     * @param fromHost whether the engine asks it from the host's network, {@code host(...)}, and not from the
     *     container's
     */
    public record ExtServer(InetAddress address, boolean fromHost) {}

    /**
     * Takes copies of the lists.
     *
     * @param servers see {@link #servers()}
     * @param defaults see {@link #defaults()}
     * @param overrides see {@link #overrides()}
     */
    public EngineNotes {
        servers = List.copyOf(servers);
        overrides = List.copyOf(overrides);
    }

    /** These with what one more line of comment says. A later one stands for an earlier one of its kind. */
    EngineNotes with(String comment) {
        if (comment.startsWith(DEFAULTS)) {
            return new EngineNotes(servers, true, overrides);
        }
        if (comment.startsWith(SERVERS)) {
            List<ExtServer> named = new ArrayList<>();
            for (String word : words(comment.substring(SERVERS.length()))) {
                ExtServer server = server(word);
                if (server != null) {
                    named.add(server);
                }
            }
            return new EngineNotes(named, defaults, overrides);
        }
        if (comment.startsWith(OVERRIDES)) {
            return new EngineNotes(servers, defaults, words(comment.substring(OVERRIDES.length())));
        }
        return this;
    }

    /** The words in brackets, as Go prints a list. */
    private static List<String> words(String list) {
        String text = list.strip();
        if (!text.startsWith("[") || !text.endsWith("]")) {
            return List.of();
        }
        List<String> words = new ArrayList<>();
        StringTokenizer tokens = new StringTokenizer(text.substring(1, text.length() - 1), " ,");
        while (tokens.hasMoreTokens()) {
            words.add(tokens.nextToken());
        }
        return words;
    }

    private static @Nullable ExtServer server(String word) {
        boolean fromHost = word.startsWith(FROM_HOST) && word.endsWith(")");
        try {
            InetAddress address =
                    Literal.parse(fromHost ? word.substring(FROM_HOST.length(), word.length() - 1) : word);
            return address == null ? null : new ExtServer(address, fromHost);
        } catch (IllegalArgumentException e) {
            return null; // of an interface that only the host has, or of a form that later engines write
        }
    }
}
