// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import dev.v6.AddressText;
import dev.v6.Literal;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;

/** Connects from within a namespace and tells each time where to, in how many milliseconds; or why not. */
final class NamespaceClient {
    private NamespaceClient() {}

    /** Arguments: host, port, how often, timeout in milliseconds, and the DNS server to ask by itself, if any. */
    public static void main(String[] args) throws IOException {
        HappyEyeballsBuilder builder = HappyEyeballs.builder();
        if (args.length > 4) {
            builder.names(new UdpNames(Literal.parse(args[4])));
        }
        HappyEyeballs eyeballs = builder.build();
        Duration timeout = Duration.ofMillis(Long.parseLong(args[3]));
        for (int i = 0; i < Integer.parseInt(args[2]); i++) {
            long began = System.nanoTime();
            try (Socket socket = eyeballs.socket(args[0], Integer.parseInt(args[1]), timeout)) {
                System.out.println(AddressText.of(socket.getInetAddress()) + " " + millis(began));
            } catch (IOException e) {
                System.out.println(e + " " + millis(began));
            }
        }
    }

    private static long millis(long began) {
        return Duration.ofNanos(System.nanoTime() - began).toMillis();
    }
}
