// SPDX-License-Identifier: Apache-2.0
package dev.v6;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;

/** Prints addresses as people and other programs read them: IPv6 by RFC 5952, brackets before a port by RFC 3986. */
public final class AddressText {
    private static final int GROUPS = 8;

    private AddressText() {}

    /**
     * An address without brackets. {@link InetAddress#getHostAddress()} prints IPv6 in its long form.
     *
     * @param address any address
     * @return for example {@code 192.0.2.1}, {@code 2001:db8::1} or {@code fe80::1%eth0}
     */
    public static String of(InetAddress address) {
        if (!(address instanceof Inet6Address ipv6)) {
            return address.getHostAddress();
        }
        String text = ipv6(address.getAddress());
        if (ipv6.getScopedInterface() != null) {
            return text + '%' + ipv6.getScopedInterface().getName();
        }
        return ipv6.getScopeId() == 0 ? text : text + '%' + ipv6.getScopeId();
    }

    /**
     * An address and a port.
     *
     * @param address any address
     * @param port a port number
     * @return for example {@code 192.0.2.1:80} or {@code [2001:db8::1]:80}
     */
    public static String of(InetAddress address, int port) {
        return address instanceof Inet6Address ? '[' + of(address) + "]:" + port : of(address) + ':' + port;
    }

    /**
     * Several addresses.
     *
     * @param addresses in the order to print them
     * @param separator what to put between two
     * @return for example {@code 192.0.2.1, 2001:db8::1}
     */
    public static String of(List<InetAddress> addresses, String separator) {
        StringBuilder text = new StringBuilder();
        for (InetAddress address : addresses) {
            text.append(text.isEmpty() ? "" : separator).append(of(address));
        }
        return text.toString();
    }

    private static String ipv6(byte[] bytes) {
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = ((bytes[2 * i] & 0xff) << 8) | (bytes[2 * i + 1] & 0xff);
        }
        int start = -1;
        int length = 1; // RFC 5952, 4.2.2: a single zero group is not shortened
        for (int i = 0; i < GROUPS; i++) {
            int end = i;
            while (end < GROUPS && groups[end] == 0) {
                end++;
            }
            if (end - i > length) {
                start = i;
                length = end - i;
            }
            i = Math.max(i, end - 1);
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == start) {
                text.append("::");
                i += length - 1;
            } else {
                if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                    text.append(':');
                }
                text.append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }
}
