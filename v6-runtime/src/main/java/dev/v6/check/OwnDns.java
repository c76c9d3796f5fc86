// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.Finding;
import dev.v6.dns.Jvm;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;

/** The service's own look-ups, and what v6's resolver has met if these come to it. */
final class OwnDns implements Dns {
    @Override
    public InetAddress[] addresses(String name) throws UnknownHostException {
        return InetAddress.getAllByName(name);
    }

    @Override
    public List<Finding> findings(Path resolvConf, List<String> names) {
        Jvm.compareFamilies(names);
        return Jvm.findings();
    }
}
