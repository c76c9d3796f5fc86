// SPDX-License-Identifier: Apache-2.0
package dev.v6.proc;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The settings under net.ipv6 that decide about IPv6 (Documentation/networking/ip-sysctl.rst). One that is not there
 * has no value.
 */
public final class Sysctls {
    private final boolean ipv6;
    private final Map<String, Integer> values;
    private final Set<String> interfaces;
    private final List<String> problems;

    Sysctls(boolean ipv6, Map<String, Integer> values, Set<String> interfaces, List<String> problems) {
        this.ipv6 = ipv6;
        this.values = new TreeMap<>(values);
        this.interfaces = new TreeSet<>(interfaces);
        this.problems = List.copyOf(problems);
    }

    /**
     * Whether there is a net.ipv6 at all. A kernel that was started with ipv6.disable=1 has none.
     *
     * @return true if there is
     */
    public boolean ipv6() {
        return ipv6;
    }

    /**
     * The interfaces that have settings of their own.
     *
     * @return their names, without {@code all} and {@code default}
     */
    public Set<String> interfaces() {
        return Set.copyOf(interfaces);
    }

    /**
     * net.ipv6.conf.NAME.disable_ipv6.
     *
     * @param name an interface, {@code all} or {@code default}
     * @return 1 where IPv6 is off
     */
    public OptionalInt disableIpv6(String name) {
        return value("conf/" + name + "/disable_ipv6");
    }

    /**
     * net.ipv6.conf.NAME.accept_ra.
     *
     * @param name an interface, {@code all} or {@code default}
     * @return 0 never, 1 unless forwarding is on, 2 always
     */
    public OptionalInt acceptRa(String name) {
        return value("conf/" + name + "/accept_ra");
    }

    /**
     * net.ipv6.conf.all.forwarding.
     *
     * @return 1 where packets are passed on between interfaces
     */
    public OptionalInt forwarding() {
        return value("conf/all/forwarding");
    }

    /**
     * net.ipv6.bindv6only. The JDK clears the option on its own sockets, so it decides for other runtimes only.
     *
     * @return 1 where a socket on {@code ::} serves IPv6 alone unless it says otherwise
     */
    public OptionalInt bindV6Only() {
        return value("bindv6only");
    }

    /**
     * What could not be read.
     *
     * @return sentences
     */
    public List<String> problems() {
        return problems;
    }

    private OptionalInt value(String path) {
        Integer value = values.get(path);
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }
}
