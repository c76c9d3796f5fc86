// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.Ports;
import dev.v6.Family;
import dev.v6.Finding;
import dev.v6.Protocol;
import dev.v6.maven.jib.JvmFlags;
import dev.v6.probe.ProbeResult;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Where one container is: its addresses, what the engine published for it, and so what can be tried. */
final class DockerSite {
    private final List<Port> tcpPorts;
    private final Map<Port, Map<Family, Integer>> hostPorts;
    private final List<Aim> aims = new CopyOnWriteArrayList<>();
    private final Placement placement;

    private DockerSite(List<Port> tcpPorts, Map<Port, Map<Family, Integer>> hostPorts, Placement placement) {
        this.tcpPorts = tcpPorts;
        this.hostPorts = hostPorts;
        this.placement = placement;
    }

    static DockerSite of(DockerRun.Plan plan, DockerNetwork network, InspectContainerResponse state, boolean here) {
        Map<Port, Map<Family, Integer>> hostPorts = new HashMap<>();
        Map<Port, Set<Family>> published = new HashMap<>();
        for (Port port : plan.ports()) {
            Map<Family, Integer> bound = bound(state, port);
            hostPorts.put(port, bound);
            published.put(port, bound.keySet());
        }
        Placement placement = new Placement(
                "image " + plan.service().image(),
                network.describe(),
                network.families(),
                plan.service().network().equals(Service.IPV6_ONLY)
                        ? EnumSet.of(Family.IPV6)
                        : EnumSet.allOf(Family.class),
                published,
                gateways(state),
                ipv4Flag(state),
                false,
                here
                        ? ""
                        : "The engine's host is not on this machine's network; its vantages were tried from a container"
                                + " on the engine's host network.");
        List<Port> tcp =
                plan.ports().stream().filter(p -> p.protocol() == Protocol.TCP).toList();
        DockerSite site = new DockerSite(tcp, hostPorts, placement);
        site.near(addresses(state));
        return site;
    }

    private void near(Map<Family, InetAddress> container) {
        for (Port port : tcpPorts) {
            for (Family family : Family.values()) {
                aims.add(Aim.at(
                        port, Vantage.INSIDE, new InetSocketAddress(HostAddresses.loopback(family), port.number())));
                InetAddress address = container.get(family);
                aims.add(
                        address == null
                                ? Aim.absent(
                                        port, Vantage.NEIGHBOUR, family, "the container has no " + family + " address")
                                : Aim.at(port, Vantage.NEIGHBOUR, new InetSocketAddress(address, port.number())));
            }
        }
    }

    /** Adds the host's vantages. */
    void reach(Map<Family, InetAddress> host) {
        for (Port port : tcpPorts) {
            Map<Family, Integer> bound = hostPorts.getOrDefault(port, Map.of());
            for (Family family : Family.values()) {
                // Where only the other family is published, its number is tried: refused says more than a guess.
                Integer number = bound.get(family) != null
                        ? bound.get(family)
                        : bound.values().stream().findFirst().orElse(null);
                InetAddress address = host.get(family);
                if (number == null) {
                    aims.add(Aim.absent(port, Vantage.HOST_ADDRESS, family, "the engine published no port for it"));
                    aims.add(Aim.absent(port, Vantage.HOST_LOOPBACK, family, "the engine published no port for it"));
                    continue;
                }
                aims.add(
                        address == null
                                ? Aim.absent(
                                        port,
                                        Vantage.HOST_ADDRESS,
                                        family,
                                        "the host has no " + family + " address but loopback and link-local")
                                : Aim.at(port, Vantage.HOST_ADDRESS, new InetSocketAddress(address, number)));
                aims.add(Aim.at(
                        port, Vantage.HOST_LOOPBACK, new InetSocketAddress(HostAddresses.loopback(family), number)));
            }
        }
        aims.sort((a, b) -> {
            int byPort = a.port().compareTo(b.port());
            return byPort != 0 ? byPort : a.vantage().compareTo(b.vantage());
        });
    }

    void hit(Vantage vantage, ProbeResult result, Sightings sightings) {
        for (Aim aim : aims) {
            if (aim.vantage() == vantage && result.target().equals(aim.target())) {
                sightings.probed(aim, result);
            }
        }
    }

    List<Aim> aims() {
        return List.copyOf(aims);
    }

    /** Those of one vantage that have a target. */
    List<Aim> aims(Vantage vantage) {
        return aims.stream()
                .filter(aim -> aim.vantage() == vantage && aim.target() != null)
                .toList();
    }

    Placement placement() {
        return placement;
    }

    static ExposedPort exposed(Port port) {
        return port.protocol() == Protocol.UDP ? ExposedPort.udp(port.number()) : ExposedPort.tcp(port.number());
    }

    /** In a container every port is its own: {@code {8080}} is 8080. */
    static List<String> environment(Map<String, String> variables) {
        return variables.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue().replaceAll("\\{(\\d+)}", "$1"))
                .toList();
    }

    /** Each binding is read for itself: before 27 the families' random ports differ, and a routed one has none. */
    private static Map<Family, Integer> bound(InspectContainerResponse state, Port port) {
        Map<Family, Integer> bound = new EnumMap<>(Family.class);
        Ports.Binding[] bindings =
                state.getNetworkSettings().getPorts().getBindings().get(exposed(port));
        for (Ports.Binding binding : bindings == null ? new Ports.Binding[0] : bindings) {
            String number = binding.getHostPortSpec();
            if (number == null || number.isEmpty()) {
                continue;
            }
            String ip = binding.getHostIp();
            if (ip == null || ip.isEmpty()) { // both, as engines before 20.10.6 say it
                bound.putIfAbsent(Family.IPV4, Integer.valueOf(number));
                bound.putIfAbsent(Family.IPV6, Integer.valueOf(number));
            } else {
                bound.put(ip.contains(":") ? Family.IPV6 : Family.IPV4, Integer.valueOf(number));
            }
        }
        return bound;
    }

    private static Map<Family, InetAddress> addresses(InspectContainerResponse state) {
        Map<Family, InetAddress> addresses = new EnumMap<>(Family.class);
        for (ContainerNetwork network : state.getNetworkSettings().getNetworks().values()) {
            for (String address : Arrays.asList(network.getIpAddress(), network.getGlobalIPv6Address())) {
                if (address != null && !address.isEmpty()) {
                    InetAddress parsed = to(address, 0).getAddress();
                    addresses.put(Family.of(parsed), parsed);
                }
            }
        }
        return addresses;
    }

    private static Set<InetAddress> gateways(InspectContainerResponse state) {
        Set<InetAddress> gateways = new HashSet<>();
        for (ContainerNetwork network : state.getNetworkSettings().getNetworks().values()) {
            for (String address : Arrays.asList(network.getGateway(), network.getIpV6Gateway())) {
                if (address != null && !address.isEmpty()) {
                    gateways.add(to(address, 0).getAddress());
                }
            }
        }
        return gateways;
    }

    /** What the container really runs with: a base image's JAVA_TOOL_OPTIONS is seen here, and by no Jib extension. */
    private static String ipv4Flag(InspectContainerResponse state) {
        ContainerConfig config = state.getConfig();
        List<String> command = new ArrayList<>();
        for (String[] part : Arrays.asList(config.getEntrypoint(), config.getCmd())) {
            command.addAll(part == null ? List.of() : List.of(part));
        }
        Map<String, String> environment = new HashMap<>();
        for (String variable : config.getEnv() == null ? new String[0] : config.getEnv()) {
            int equals = variable.indexOf('=');
            environment.put(variable.substring(0, Math.max(0, equals)), variable.substring(equals + 1));
        }
        return JvmFlags.preferIpv4Stack(command, environment)
                .map(Finding::evidence)
                .orElse("");
    }

    @SuppressWarnings("AddressSelection") // literals only
    private static InetSocketAddress to(String literal, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByName(literal), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("The engine gave '" + literal + "' for an address.", e);
        }
    }
}
