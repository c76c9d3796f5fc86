// SPDX-License-Identifier: Apache-2.0
package dev.v6.benchmarks.bridge;

import dev.v6.Family;
import dev.v6.net.LoopbackBridge;
import java.io.IOException;

/** The bridge in a process of its own, as socat is. */
final class Bridge {
    private Bridge() {}

    public static void main(String[] args) throws IOException {
        int port = Integer.parseInt(args[0]);
        try (LoopbackBridge bridge = LoopbackBridge.to(Integer.parseInt(args[1]))
                .on(port)
                .at(Family.IPV4.loopback())
                .open()) {
            int end = System.in.read();
            System.exit(end < 0 ? 0 : bridge.connections());
        }
    }
}
