// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import dev.v6.AddressText;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Looks up what it reads, a name a line, and prints the name, the milliseconds, and the addresses or {@code none}. */
final class ResolvingChild {
    private ResolvingChild() {}

    /** Arguments: resolv.conf, hosts. */
    public static void main(String[] args) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (BypassResolver resolver = BypassResolver.builder()
                .resolvConf(Path.of(args[0]))
                .hosts(Path.of(args[1]))
                .build()) {
            for (String name = in.readLine(); name != null; name = in.readLine()) {
                long began = System.nanoTime();
                String said = said(resolver, name);
                System.out.println(
                        name + " " + Duration.ofNanos(System.nanoTime() - began).toMillis() + " " + said);
            }
        }
    }

    private static String said(BypassResolver resolver, String name) {
        try {
            List<String> addresses = new ArrayList<>();
            for (InetAddress address : resolver.getAllByName(name)) {
                addresses.add(AddressText.of(address));
            }
            return String.join(" ", addresses);
        } catch (UnknownHostException e) {
            return "none: " + e.getMessage();
        }
    }
}
