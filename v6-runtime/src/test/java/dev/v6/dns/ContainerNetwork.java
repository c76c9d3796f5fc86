// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import dev.v6.ChildJvm;
import dev.v6.lab.NetNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A network as a container sees it: an embedded DNS at 127.0.0.11 that alone knows the containers, and an upstream that
 * is reached over IPv6 only and that resolv.conf names in a comment.
 */
final class ContainerNetwork implements AutoCloseable {
    static final String UPSTREAM = "2001:db8:90::53";

    final NetNamespace container;
    final NetNamespace outside;
    final NameServers servers;
    final Process upstream;
    final Path conf;
    private final Path directory;

    ContainerNetwork(Path directory) throws Exception {
        this.directory = directory;
        container = NetNamespace.create();
        outside = NetNamespace.create();
        container.wire("eth0", List.of("2001:db8:90::2/64"), outside, "eth0", List.of(UPSTREAM + "/64"));
        servers = new NameServers(directory);
        upstream = servers.dnsmasq(
                outside::inside,
                UPSTREAM,
                53,
                "host-record=dual.test,198.18.0.80,2001:db8::80",
                "host-record=six.test,2001:db8::66",
                "cname=alias.test,six.test",
                "address=/many.test/198.18.0.81",
                "address=/many.test/2001:db8::81",
                "local=/test/",
                "local=/backend/",
                "local=//");
        conf = Files.writeString(directory.resolve("resolv.conf"), "");
        named("host(" + UPSTREAM + ")");
    }

    /** Another server that the engine names, alone; written in place as the engine does. */
    void named(String server) throws IOException {
        Files.writeString(conf, "nameserver 127.0.0.11\n# ExtServers: [" + server + "]\n");
    }

    /** One more address outside, for one more server. */
    String more(String address) throws Exception {
        outside.address("eth0", List.of(address + "/64"));
        return address;
    }

    /** It refuses what is outside, as one does that cannot reach its upstream. */
    void embedded(String... more) throws Exception {
        List<String> options = new ArrayList<>(
                List.of("host-record=db,198.18.90.9,2001:db8:90::9", "host-record=web.backend,2001:db8:90::8"));
        options.addAll(Arrays.asList(more));
        servers.dnsmasq(container::inside, "127.0.0.11", 53, options.toArray(String[]::new));
    }

    ChildJvm child() throws IOException {
        Path hosts = Files.writeString(directory.resolve("hosts"), "127.0.0.1 localhost\n");
        return container.java(ResolvingChild.class.getName(), conf.toString(), hosts.toString());
    }

    static Looked look(ChildJvm child, String name) throws IOException {
        child.tell(name);
        String[] words = child.line().split(" ", 3);
        return new Looked(Long.parseLong(words[1]), words[2]);
    }

    record Looked(long millis, String said) {}

    static String said(ChildJvm child, String name) throws IOException {
        return look(child, name).said();
    }

    @Override
    public void close() throws IOException {
        servers.close();
        container.close();
        outside.close();
    }
}
