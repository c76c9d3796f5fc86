// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import dev.v6.AddressText;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks up {@code localhost} once, beside everything else: where /etc/hosts lacks the name, a server out in the network
 * is asked, and may not answer for many seconds.
 */
final class LocalhostLookup extends Thread {
    private volatile List<String> addresses = List.of();

    LocalhostLookup() {
        super("v6-localhost");
        setDaemon(true);
    }

    @Override
    public void run() {
        List<String> found = new ArrayList<>();
        try {
            for (InetAddress address : InetAddress.getAllByName("localhost")) {
                found.add(AddressText.of(address));
            }
        } catch (UnknownHostException e) {
            // A place where localhost has no address is told by the empty list.
        }
        addresses = found;
    }

    /** The addresses in the JDK's order; none as long as there is no answer. */
    List<String> addresses() {
        return addresses;
    }
}
