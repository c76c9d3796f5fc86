// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import dev.v6.Family;
import dev.v6.Protocol;
import dev.v6.proc.InterfaceAddress;
import dev.v6.proc.Listener;
import dev.v6.proc.ProcFs;
import dev.v6.proc.Route6;
import dev.v6.proc.SocketEntry;
import dev.v6.proc.TcpState;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Watches a process of this machine: what that process alone listens on, and which connections it takes. */
final class LocalWitness implements AutoCloseable {
    private static final long INTERVAL_MILLIS = 20;

    private final ProcFs proc = ProcFs.at(Path.of("/proc"));
    private final long pid;
    private final Set<Integer> ports = new HashSet<>();
    private final Sightings sightings;
    private final Thread thread = new Thread(this::watch, "v6-witness");
    private final Set<InetSocketAddress> known = new HashSet<>();

    private List<Listener> listeners = List.of();
    private List<Listener> fewer = List.of();

    LocalWitness(long pid, List<Port> ports, Sightings sightings) {
        this.pid = pid;
        this.sightings = sightings;
        for (Port port : ports) {
            if (port.protocol() == Protocol.TCP) {
                this.ports.add(port.number());
            }
        }
        thread.setDaemon(true);
    }

    /** Does nothing where there is no /proc: then only bytes are proof. */
    void start() {
        if (proc.mounted()) {
            sightings.learnt(facts());
            thread.start();
        }
    }

    private void watch() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                listening(proc.listenersOf(pid).rows());
                proc.sockets(this::connection).rows().forEach(this::arrived);
                TimeUnit.MILLISECONDS.sleep(INTERVAL_MILLIS);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Descriptors are listed while they come and go, and one may be passed over: a listener is gone if it is so twice. */
    private void listening(List<Listener> now) {
        boolean certain = now.containsAll(listeners) || now.equals(fewer);
        fewer = now;
        if (certain && !now.equals(listeners)) {
            listeners = now;
            sightings.listening(now);
        }
    }

    /** A row without an inode is a connection that still waits in the backlog. */
    private boolean connection(SocketEntry entry) {
        return entry.protocol() == Protocol.TCP
                && ports.contains(entry.local().port())
                && (entry.state() == TcpState.TIME_WAIT || (entry.remote().port() != 0 && entry.inode() != 0));
    }

    private void arrived(SocketEntry entry) {
        InetSocketAddress peer =
                new InetSocketAddress(entry.remote().address(), entry.remote().port());
        if (known.add(peer)) {
            sightings.arrived(new Arrival(
                    entry.local().port(), Family.of(peer.getAddress()), peer, true, System.currentTimeMillis()));
        }
    }

    private Facts facts() {
        List<Facts.LocalAddress> addresses = new ArrayList<>();
        List<InterfaceAddress> ipv6 = proc.addresses().rows();
        ipv6.forEach(a -> addresses.add(new Facts.LocalAddress(a.interfaceName(), a.address(), a.tentative())));
        try {
            for (NetworkInterface nic : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                for (InetAddress address : Collections.list(nic.getInetAddresses())) {
                    if (Family.of(address) == Family.IPV4) {
                        addresses.add(new Facts.LocalAddress(nic.getName(), address, false));
                    }
                }
            }
        } catch (SocketException noInterfaces) {
            // Then the table has no IPv4 addresses; nothing is judged by them here.
        }
        boolean route = proc.routes().rows().stream().anyMatch(Route6::defaultRoute);
        return new Facts(addresses, ipv6.isEmpty(), route, localhost(), List.of());
    }

    @SuppressWarnings("AddressSelection") // all addresses of the name are wanted
    private static List<String> localhost() {
        try {
            return Arrays.stream(InetAddress.getAllByName("localhost"))
                    .map(dev.v6.AddressText::of)
                    .toList();
        } catch (UnknownHostException e) {
            return List.of();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
