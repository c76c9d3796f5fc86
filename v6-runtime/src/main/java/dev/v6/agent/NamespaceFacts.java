// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import dev.v6.AddressText;
import dev.v6.proc.InterfaceAddress;
import dev.v6.proc.ProcFs;
import dev.v6.proc.Route6;
import dev.v6.proc.Table;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a network namespace offers.
 *
 * @param addresses of both families
 * @param ipv6Disabled whether no interface has an IPv6 address, not even ::1; conf.all.disable_ipv6 tells nothing,
 *     for Docker 20.10 sets it to 1 and then gives eth0 an address all the same
 * @param loopbackIpv6 whether there is ::1
 * @param defaultRoute6 whether IPv6 packets for everywhere have a way out
 * @param localhost the addresses of that name, in the JDK's order
 * @param problems what could not be read
 */
record NamespaceFacts(
        List<Address> addresses,
        boolean ipv6Disabled,
        boolean loopbackIpv6,
        boolean defaultRoute6,
        List<String> localhost,
        List<String> problems) {

    /**
     * An address of an interface.
     *
     * @param interfaceName the interface
     * @param address without a zone
     * @param prefixLength in bits
     * @param global whether others beyond the link can reach it
     * @param tentative whether duplicate address detection still runs; it answers nobody until then
     */
    record Address(String interfaceName, String address, int prefixLength, boolean global, boolean tentative) {
        Map<String, Object> toJson() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("interface", interfaceName);
            json.put("address", address);
            json.put("prefixLength", prefixLength);
            json.put("global", global);
            json.put("tentative", tentative);
            return json;
        }
    }

    static NamespaceFacts read(ProcFs proc, List<String> localhost, List<String> earlierProblems) {
        List<String> problems = new ArrayList<>(earlierProblems);
        Table<InterfaceAddress> ipv6 = proc.addresses();
        Table<Route6> routes = proc.routes();
        add(problems, ipv6.problems());
        add(problems, routes.problems());
        boolean loopback = false;
        List<Address> addresses = new ArrayList<>();
        ipv4(addresses, problems);
        for (InterfaceAddress row : ipv6.rows()) {
            String text = AddressText.of(row.address());
            addresses.add(new Address(row.interfaceName(), text, row.prefixLength(), row.global(), row.tentative()));
            loopback |= text.equals("::1");
        }
        boolean defaultRoute = false;
        for (Route6 route : routes.rows()) {
            defaultRoute |= route.defaultRoute();
        }
        return new NamespaceFacts(addresses, ipv6.rows().isEmpty(), loopback, defaultRoute, localhost, problems);
    }

    private static void add(List<String> problems, List<String> more) {
        for (String problem : more) {
            if (!problems.contains(problem)) {
                problems.add(problem);
            }
        }
    }

    private static void ipv4(List<Address> addresses, List<String> problems) {
        try {
            Enumeration<NetworkInterface> interfaces = NetworkInterface.getNetworkInterfaces();
            while (interfaces.hasMoreElements()) {
                NetworkInterface one = interfaces.nextElement();
                for (java.net.InterfaceAddress row : one.getInterfaceAddresses()) {
                    if (row.getAddress() instanceof Inet4Address address) {
                        boolean global = !address.isLoopbackAddress() && !address.isLinkLocalAddress();
                        addresses.add(new Address(
                                one.getName(), AddressText.of(address), row.getNetworkPrefixLength(), global, false));
                    }
                }
            }
        } catch (SocketException e) {
            problems.add("The IPv4 addresses of the interfaces could not be read: " + e.getMessage() + ".");
        }
    }

    Map<String, Object> toJson() {
        List<Object> rows = new ArrayList<>();
        for (Address address : addresses) {
            rows.add(address.toJson());
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("event", "facts");
        json.put("addresses", rows);
        json.put("ipv6Disabled", ipv6Disabled);
        json.put("loopbackIpv6", loopbackIpv6);
        json.put("defaultRoute6", defaultRoute6);
        json.put("localhost", localhost);
        json.put("problems", problems);
        return json;
    }
}
