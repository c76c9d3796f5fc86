// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import dev.v6.Family;
import dev.v6.Literal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A DNS server on port 53 that answers {@code name=address,address} and, as no real one can be made to, AAAA late or
 * with SERVFAIL while A is well.
 */
final class FaultyDns {
    private FaultyDns() {}

    /** Arguments: the fault of AAAA, one of ok, servfail or milliseconds, and the records. */
    public static void main(String[] args) throws IOException {
        boolean fails = args[0].equals("servfail");
        long delay = fails || args[0].equals("ok") ? 0 : Long.parseLong(args[0]);
        Map<String, List<InetAddress>> records = records(args);
        ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
        try (DatagramChannel channel = DatagramChannel.open().bind(new InetSocketAddress(53))) {
            System.out.println("ready");
            while (true) {
                ByteBuffer question = ByteBuffer.allocate(512);
                SocketAddress from = channel.receive(question);
                boolean ipv6 = DnsMessage.type(question) == DnsMessage.AAAA;
                List<InetAddress> all = records.get(DnsMessage.name(question).toLowerCase(Locale.ROOT));
                int code = all == null ? DnsMessage.NXDOMAIN : ipv6 && fails ? DnsMessage.SERVFAIL : DnsMessage.OK;
                List<InetAddress> found =
                        code == DnsMessage.OK ? JdkNames.only(all, ipv6 ? Family.IPV6 : Family.IPV4) : List.of();
                ByteBuffer answer = DnsMessage.answer(question, code, found);
                var unused = later.schedule(() -> channel.send(answer, from), ipv6 ? delay : 0, TimeUnit.MILLISECONDS);
            }
        }
    }

    private static Map<String, List<InetAddress>> records(String[] args) {
        Map<String, List<InetAddress>> records = new HashMap<>();
        for (int i = 1; i < args.length; i++) {
            int equals = args[i].indexOf('=');
            List<InetAddress> addresses = new ArrayList<>();
            for (String address : args[i].substring(equals + 1).split(",", -1)) {
                addresses.add(Literal.parse(address));
            }
            records.put(args[i].substring(0, equals) + ".", addresses);
        }
        return records;
    }
}
