// SPDX-License-Identifier: Apache-2.0
package java.net.spi;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.stream.Stream;

/** What JDK 18 and later have under this name (JEP 418), as far as it is used here. Only compiled against. */
public interface InetAddressResolver {
    Stream<InetAddress> lookupByName(String host, LookupPolicy lookupPolicy) throws UnknownHostException;

    String lookupByAddress(byte[] addr) throws UnknownHostException;

    final class LookupPolicy {
        private LookupPolicy() {}

        public native int characteristics();
    }
}
