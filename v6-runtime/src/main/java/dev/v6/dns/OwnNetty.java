// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import io.netty.channel.EventLoopGroup;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.lang.reflect.Proxy;

/**
 * The agent's jar has a Netty under a name of its own, with settings of its own. It must not be noticed in a service that it
 * is no part of. A service's own Netty is left as it is.
 */
final class OwnNetty {
    private OwnNetty() {}

    static void quieten() {
        String netty = EventLoopGroup.class.getPackageName().replace(".channel", "");
        if (!netty.contains(".agent.")) {
            return;
        }
        // JDK 24 and later complain aloud of a class that it can do without.
        System.setProperty(netty + ".noUnsafe", "true");
        // Neither are used here, and each is loaded at the first buffer: pools, and all of java.management.
        System.setProperty(netty + ".allocator.type", "unpooled");
        System.setProperty(netty + ".maxDirectMemory", "0");
        // These name its channels in logs; without them it looks for a hardware address, which a namespace may not
        // have.
        System.setProperty(netty + ".machineId", "00:00:00:00:00:00:00:01");
        System.setProperty(netty + ".processId", "1");
        // To start java.util.logging is the service's: it may name another manager in its first lines.
        InternalLoggerFactory.setDefaultFactory(new InternalLoggerFactory() {
            @Override
            protected InternalLogger newInstance(String name) {
                return (InternalLogger) Proxy.newProxyInstance(
                        OwnNetty.class.getClassLoader(),
                        new Class<?>[] {InternalLogger.class},
                        (proxy, method, arguments) -> method.getReturnType() == boolean.class
                                ? false
                                : method.getReturnType() == String.class ? name : null);
            }
        });
    }
}
