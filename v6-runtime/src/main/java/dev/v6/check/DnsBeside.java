// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.Finding;
import dev.v6.dns.ServerTrial;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;

/** The JDK's look-ups in a JVM beside the service, and each server asked once. */
final class DnsBeside implements Dns {
    @Override
    public InetAddress[] addresses(String name) throws UnknownHostException {
        return InetAddress.getAllByName(name);
    }

    @Override
    public List<Finding> findings(Path resolvConf, List<String> names) {
        return ServerTrial.ask(resolvConf, names);
    }
}
