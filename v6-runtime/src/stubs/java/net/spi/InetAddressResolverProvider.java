// SPDX-License-Identifier: Apache-2.0
package java.net.spi;

/** What JDK 18 and later have under this name (JEP 418), as far as it is used here. Only compiled against. */
public abstract class InetAddressResolverProvider {
    protected InetAddressResolverProvider() {}

    public abstract InetAddressResolver get(Configuration configuration);

    public abstract String name();

    public interface Configuration {
        InetAddressResolver builtinResolver();

        String lookupLocalHostName();
    }
}
