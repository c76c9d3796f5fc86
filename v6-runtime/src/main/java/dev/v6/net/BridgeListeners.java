// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import dev.v6.AddressText;
import dev.v6.Family;
import dev.v6.Protocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The sockets that a bridge listens with: one an address, for the wildcard would take the service's own port from it. They
 * follow the host's addresses.
 */
final class BridgeListeners {
    private static final int BACKLOG = 1024;

    private final Selector selector;
    private final int port;
    private final Optional<InetAddress> only;
    /** By text, for the JDK takes addresses for equal that differ in their zone alone. */
    private final Map<String, Listening> open = new ConcurrentHashMap<>();

    private @Nullable IOException failure;

    private record Listening(InetSocketAddress where, ServerSocketChannel channel) {}

    BridgeListeners(Selector selector, int port, Optional<InetAddress> only) {
        this.selector = selector;
        this.port = port;
        this.only = only;
    }

    Set<InetSocketAddress> addresses() {
        return open.values().stream().map(Listening::where).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether this is one of the bridge's own, and no service. */
    boolean has(InetSocketAddress where) {
        Listening one = open.get(AddressText.of(where.getAddress()));
        return one != null && one.where().equals(where);
    }

    /** Why it listened on less than all when it last could not. */
    @Nullable
    IOException failure() {
        return failure;
    }

    /** Listens on what is there now and is not listened on yet, and stops where an address has gone. */
    void follow(InetSocketAddress service) throws IOException {
        Map<String, InetSocketAddress> now = new LinkedHashMap<>();
        for (InetAddress address : only.isPresent() ? List.of(only.get()) : own()) {
            InetSocketAddress where = new InetSocketAddress(address, port);
            if (!where.equals(service)) {
                now.put(AddressText.of(address), where);
            }
        }
        for (Iterator<Map.Entry<String, Listening>> all = open.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<String, Listening> one = all.next();
            if (!now.containsKey(one.getKey())) {
                all.remove();
                one.getValue().channel().close();
            }
        }
        for (Map.Entry<String, InetSocketAddress> place : now.entrySet()) {
            if (!open.containsKey(place.getKey())) {
                listen(place.getKey(), place.getValue());
            }
        }
    }

    private void listen(String text, InetSocketAddress where) throws IOException {
        boolean ipv4 = Family.of(where.getAddress()) == Family.IPV4;
        if (!ipv4 && !SelfProof.stack()) {
            return; // this JVM has IPv6 turned off
        }
        ServerSocketChannel channel =
                ServerSocketChannel.open(ipv4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
        try {
            channel.bind(where, BACKLOG).configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
            open.put(text, new Listening(where, channel));
        } catch (SocketException notNow) {
            channel.close(); // still tentative, gone again, or taken: the next look tries again
            failure = Sockets.explained(notNow, Protocol.TCP, where);
        }
    }

    void close() throws IOException {
        for (Listening one : open.values()) {
            one.channel().close();
        }
        open.clear();
    }

    private static List<InetAddress> own() throws IOException {
        List<InetAddress> addresses = new ArrayList<>();
        for (NetworkInterface device : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : Collections.list(device.getInetAddresses())) {
                // The JDK gives each a zone; only link-local ones need it, and mean something with it.
                addresses.add(address.isLinkLocalAddress() ? address : InetAddress.getByAddress(address.getAddress()));
            }
        }
        return addresses;
    }
}
