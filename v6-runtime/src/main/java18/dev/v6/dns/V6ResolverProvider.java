// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.List;
import java.util.stream.Stream;

/**
 * How JDK 18 and later come to ask v6 for names (JEP 418): by presence on the class path. The JDK calls {@link #get} under
 * a lock that every look-up waits for, so nothing is done there.
 */
public final class V6ResolverProvider extends InetAddressResolverProvider {

    /** Called by the JDK. */
    public V6ResolverProvider() {}

    @Override
    public InetAddressResolver get(Configuration configuration) {
        InetAddressResolver builtin = configuration.builtinResolver();
        return !off() && Jvm.provide() ? new Resolver(builtin) : builtin;
    }

    /** At once: v6's own commands run for a moment, often many times. */
    private static boolean off() {
        try {
            return "off".equals(System.getProperty("v6.dns"));
        } catch (SecurityException e) {
            return true; // what fails here takes every name from the JVM
        }
    }

    @Override
    public String name() {
        return "v6";
    }

    record Resolver(InetAddressResolver builtin) implements InetAddressResolver {
        @Override
        public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
            return Jvm
                    .lookups()
                    .byName(host, LookupOrder.of(policy.characteristics()), new Theirs(builtin, policy))
                    .stream();
        }

        @Override
        public String lookupByAddress(byte[] address) throws UnknownHostException {
            return builtin.lookupByAddress(address);
        }
    }

    /** No lambda: it would be made where a service looks its first name up. */
    private record Theirs(InetAddressResolver builtin, InetAddressResolver.LookupPolicy policy)
            implements JvmLookups.Builtin {
        @Override
        public List<InetAddress> byName(String host) throws UnknownHostException {
            return builtin.lookupByName(host, policy).toList();
        }
    }
}
