// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateNetworkCmd;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Network;
import dev.v6.Family;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The network that the service and its neighbour are on.
 *
 * @param id as the engine counts
 * @param name as people do
 * @param prefixes its subnets
 * @param bridge the interface's name on the engine's host
 * @param ours whether it was made for this run and goes with it
 */
record DockerNetwork(String id, String name, List<String> prefixes, String bridge, boolean ours) {
    /** Something worth waiting for. */
    interface Patience {
        void await() throws EngineException, InterruptedException;
    }

    private static final int TRIES = 5;
    private static final String BRIDGE_NAME = "com.docker.network.bridge.name";
    private static final String ENABLE_IPV4 = "com.docker.network.enable_ipv4";
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * Makes a network of the kind asked for, or finds the one that is named.
     *
     * @param beforeRetry waited for before a network that could not be made is tried again
     */
    static DockerNetwork open(
            DockerClient client, String wanted, String name, Map<String, String> labels, Patience beforeRetry)
            throws EngineException, InterruptedException {
        DockerNetwork network =
                switch (wanted) {
                    case Service.DUAL_STACK, Service.IPV4_ONLY, Service.IPV6_ONLY ->
                        inspect(client, create(client, wanted, name, labels, beforeRetry), true);
                    default -> inspect(client, wanted, false);
                };
        if (wanted.equals(Service.IPV6_ONLY) && network.families().contains(Family.IPV4)) {
            Leftovers.removeNetwork(client, network.id); // older engines drop the wish without a word
            throw new EngineException("This Docker Engine cannot make a network without IPv4 (v6.network=ipv6-only):"
                    + " that came with 28.0. Use a newer engine, or v6.network=dual-stack.");
        }
        return network;
    }

    private static String create(
            DockerClient client, String wanted, String name, Map<String, String> labels, Patience beforeRetry)
            throws EngineException, InterruptedException {
        DockerException clash = new DockerException("no try was made", 0);
        for (int i = 0; i < TRIES; i++) {
            CreateNetworkCmd cmd = client.createNetworkCmd().withName(name).withLabels(labels);
            if (!wanted.equals(Service.IPV4_ONLY)) {
                // Before 27 an engine has no IPv6 pool of its own, so the prefix is always ours.
                cmd.withEnableIpv6(true)
                        .withIpam(new Network.Ipam().withConfig(new Network.Ipam.Config().withSubnet(uniqueLocal())));
            }
            if (wanted.equals(Service.IPV6_ONLY)) {
                cmd.withOptions(Map.of(ENABLE_IPV4, "false"));
            }
            try {
                return cmd.exec().getId();
            } catch (DockerException e) {
                clash = e; // the prefix may overlap with another run's, or the pool be used up by what others left
                beforeRetry.await();
            }
        }
        throw new EngineException(
                "The Docker Engine makes no " + wanted + " network: " + DockerEngine.said(clash)
                        + ". Look at the networks it has (docker network ls), remove unused ones (docker network prune),"
                        + " and see that IPv6 is not disabled on its host.",
                clash);
    }

    /** A /64 of a unique local prefix with 40 random bits and a random subnet, RFC 4193, 3.2. */
    static String uniqueLocal() {
        byte[] random = new byte[7];
        RANDOM.nextBytes(random);
        return String.format(
                "fd%02x:%02x%02x:%02x%02x:%02x%02x::/64",
                random[0], random[1], random[2], random[3], random[4], random[5], random[6]);
    }

    private static DockerNetwork inspect(DockerClient client, String idOrName, boolean ours) throws EngineException {
        Network network;
        try {
            network = client.inspectNetworkCmd().withNetworkId(idOrName).exec();
        } catch (NotFoundException e) {
            throw new EngineException(
                    "The Docker Engine has no network named '" + idOrName
                            + "'. Write v6.network=dual-stack, ipv4-only or ipv6-only for one made for the run, or the"
                            + " name of one that docker network ls shows.",
                    e);
        }
        if (!"bridge".equals(network.getDriver())) {
            throw new EngineException("The network '" + network.getName() + "' has the driver " + network.getDriver()
                    + ". v6:verify publishes ports, which bridge networks alone do: name a bridge network, or leave"
                    + " v6.network out.");
        }
        List<String> prefixes = new ArrayList<>();
        if (network.getIpam() != null && network.getIpam().getConfig() != null) {
            for (Network.Ipam.Config config : network.getIpam().getConfig()) {
                prefixes.add(config.getSubnet());
            }
        }
        String id = network.getId();
        String bridge =
                network.getOptions() == null ? null : network.getOptions().get(BRIDGE_NAME);
        return new DockerNetwork(
                id, network.getName(), prefixes, bridge == null ? "br-" + id.substring(0, 12) : bridge, ours);
    }

    Set<Family> families() {
        Set<Family> families = EnumSet.noneOf(Family.class);
        for (String prefix : prefixes) {
            families.add(prefix.contains(":") ? Family.IPV6 : Family.IPV4);
        }
        return families;
    }

    /** Whether its bridge is an interface of this very process's network namespace, so that the engine's host is here. */
    boolean here() {
        try {
            return NetworkInterface.getByName(bridge) != null;
        } catch (SocketException e) {
            return false;
        }
    }

    String describe() {
        return name + " (" + String.join(", ", prefixes) + ")";
    }
}
