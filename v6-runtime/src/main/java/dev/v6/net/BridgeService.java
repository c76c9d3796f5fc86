// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import dev.v6.Family;
import dev.v6.Protocol;
import dev.v6.proc.Listener;
import dev.v6.proc.ProcFs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The service that a bridge leads to.
 *
 * @param host the loopback address where it is to listen; null for any
 * @param port its port
 */
record BridgeService(@Nullable InetAddress host, int port) {
    private static final ProcFs PROC = ProcFs.at(Path.of("/proc"));

    /**
     * Where it listens now, by the kernel's table where there is one: a connection to find out would be a client's to the
     * service.
     *
     * @param bridge tells where the bridge itself listens
     * @return null if nowhere that this JVM can reach
     */
    @Nullable
    InetSocketAddress find(Predicate<InetSocketAddress> bridge) throws IOException {
        List<InetSocketAddress> places = PROC.mounted() ? listed() : answering();
        places.removeIf(bridge);
        if (!SelfProof.stack()) {
            places.removeIf(place -> Family.of(place.getAddress()) == Family.IPV6);
        }
        return places.stream()
                .min(Comparator.comparing(
                                (InetSocketAddress place) -> !place.getAddress().equals(Family.IPV4.loopback()))
                        .thenComparing(place -> !place.getAddress().equals(Family.IPV6.loopback())))
                .orElse(null);
    }

    private List<InetSocketAddress> listed() {
        List<InetSocketAddress> places = new ArrayList<>();
        for (Listener listener : PROC.listeners().rows()) {
            if (listener.protocol() != Protocol.TCP || listener.local().port() != port) {
                continue;
            }
            InetAddress at = listener.local().address();
            if (listener.wildcard()) {
                for (Family family : listener.families()) {
                    places.add(new InetSocketAddress(host == null ? family.loopback() : host, port));
                }
            } else if (host == null ? at.isLoopbackAddress() : at.equals(host)) {
                places.add(new InetSocketAddress(at, port));
            }
        }
        return places;
    }

    private List<InetSocketAddress> answering() {
        List<InetSocketAddress> places = new ArrayList<>();
        for (InetAddress address :
                host == null ? List.of(Family.IPV4.loopback(), Family.IPV6.loopback()) : List.of(host)) {
            InetSocketAddress place = new InetSocketAddress(address, port);
            try (SocketChannel attempt = SocketChannel.open()) {
                if (attempt.connect(place)) {
                    places.add(place);
                }
            } catch (IOException | UnsupportedOperationException notYet) {
                // It may be at the other.
            }
        }
        return places;
    }
}
