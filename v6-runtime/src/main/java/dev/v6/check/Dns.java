// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.Finding;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;

/** How names are looked up in a place, and what is found of its servers. */
interface Dns {
    /**
     * All addresses of a name, in the order in which a service gets them.
     *
     * @throws UnknownHostException if there is none
     */
    InetAddress[] addresses(String name) throws UnknownHostException;

    /**
     * What is wrong with the servers.
     *
     * @param resolvConf where they are named
     * @param names what may be asked of them
     */
    List<Finding> findings(Path resolvConf, List<String> names);
}
