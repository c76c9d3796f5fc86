// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.Finding;
import dev.v6.Literal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Knows what a test says, and localhost as a place without ::1 has it. */
final class FakeDns implements Dns {
    private final Map<String, InetAddress[]> known = new HashMap<>();
    final List<Finding> findings = new ArrayList<>();

    FakeDns() {
        knows("localhost", "127.0.0.1");
    }

    FakeDns knows(String name, String... addresses) {
        InetAddress[] all = new InetAddress[addresses.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = Objects.requireNonNull(Literal.parse(addresses[i]));
        }
        known.put(name, all);
        return this;
    }

    @Override
    public InetAddress[] addresses(String name) throws UnknownHostException {
        InetAddress[] addresses = known.get(name);
        if (addresses == null) {
            throw new UnknownHostException(name + ": Name or service not known");
        }
        return addresses;
    }

    @Override
    public List<Finding> findings(Path resolvConf, List<String> names) {
        return findings;
    }
}
