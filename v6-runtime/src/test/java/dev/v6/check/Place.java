// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.FindingCode;
import dev.v6.proc.ProcTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** A place to check: a file tree for the kernel's word, and whatever a test says of the rest. */
final class Place {
    static final long SELF = 7;
    private static final String IPV4_ROUTE = "eth0\t00000000\t010012C6\t0003\t0\t0\t0\t00000000\t0\t0\t0\n";

    final ProcTree tree;
    final Map<String, String> environment = new HashMap<>();
    final Properties properties = new Properties();
    final FakeDns dns = new FakeDns();
    private final Path resolvConf;
    private Needs needs = Needs.NONE;
    private boolean insideService;
    private List<Integer> ports = List.of();

    private Place(Path directory) throws IOException {
        tree = ProcTree.in(Files.createDirectory(directory.resolve("proc")));
        resolvConf = directory.resolve("resolv.conf");
    }

    static Place in(Path directory) throws IOException {
        return new Place(directory);
    }

    /** One with all that IPv6 needs. */
    static Place withIpv6(Path directory) throws IOException {
        Place place = new Place(directory).resolvConf("nameserver 2001:db8::53\n");
        place.tree
                .address("::1", 128, 0x10, 0x80, "lo")
                .address("2001:db8::2", 64, 0, 0x80, "eth0")
                .route("::", 0, "2001:db8::1", "00000003", "eth0")
                .write("net/route", IPV4_ROUTE);
        return place;
    }

    Place resolvConf(String text) throws IOException {
        Files.writeString(resolvConf, text);
        return this;
    }

    Place insideService() {
        insideService = true;
        return this;
    }

    Place ports(Integer... named) {
        ports = List.of(named);
        return this;
    }

    Place needs(String resolve, String connect) {
        needs = Needs.parse(resolve, connect);
        return this;
    }

    /** A process with this command line, and an environment that may be unreadable. */
    Place process(long pid, List<String> command, String... variables) throws IOException {
        tree.write(pid + "/cmdline", String.join("\0", command) + "\0");
        if (variables.length > 0) {
            tree.write(pid + "/environ", String.join("\0", variables) + "\0");
        }
        return this;
    }

    Surroundings surroundings() {
        return new Surroundings(
                tree.root(),
                tree.procFs(),
                SELF,
                insideService,
                properties,
                environment,
                resolvConf,
                dns,
                ports,
                needs);
    }

    Facts facts() {
        return Facts.read(surroundings());
    }

    Report report() {
        return new SelfCheck(surroundings(), SelfCheck.CHECKS).run();
    }

    CheckResult result(FindingCode code) {
        return report().results().stream()
                .filter(result -> result.code() == code)
                .findFirst()
                .orElseThrow();
    }
}
