// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.Setting;
import dev.v6.proc.OwnProcess;
import dev.v6.proc.ProcFs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Where checks get their facts from: the one seam between them and the machine.
 *
 * @param root the proc file system's place
 * @param proc its network tables
 * @param self the number of this process
 * @param insideService whether this JVM is the service's own, and not one beside it
 * @param properties the system properties of this JVM
 * @param environment the environment of this process
 * @param resolvConf the resolver's configuration, resolv.conf(5)
 * @param dns who looks names up
 * @param ports the service's TCP ports, none if all listeners are meant
 * @param needs what the service needs of others
 */
record Surroundings(
        Path root,
        ProcFs proc,
        long self,
        boolean insideService,
        Properties properties,
        Map<String, String> environment,
        Path resolvConf,
        Dns dns,
        List<Integer> ports,
        Needs needs) {

    static Surroundings here(List<Integer> ports, boolean insideService) {
        Path root = Path.of("/proc");
        return new Surroundings(
                root,
                ProcFs.at(root),
                OwnProcess.pid(),
                insideService,
                System.getProperties(),
                System.getenv(),
                Path.of("/etc/resolv.conf"),
                insideService ? new OwnDns() : new DnsBeside(),
                List.copyOf(ports),
                Needs.parse(Setting.CHECK_RESOLVE.value(), Setting.CHECK_CONNECT.value()));
    }
}
