// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import java.net.InetAddress;

/** Greets on port 8080 of every address until it is killed. */
final class NamespaceServer {
    private NamespaceServer() {}

    public static void main(String[] args) throws Exception {
        try (Greeter greeter = Greeter.at((InetAddress) null, 8080)) {
            System.out.println(greeter.port() == 8080 ? "ready" : "elsewhere");
            Thread.currentThread().join();
        }
    }
}
