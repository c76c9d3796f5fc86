// SPDX-License-Identifier: Apache-2.0
package dev.v6.spring;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.PropertyResolver;

/** The ports that the application's servers really got: every version of Spring Boot tells them once they listen. */
final class LocalPorts {
    private static final String SERVER = "local.server.port";
    private static final String MANAGEMENT = "local.management.port";

    private final PropertyResolver properties;

    LocalPorts(PropertyResolver properties) {
        this.properties = properties;
    }

    @Nullable
    Integer server() {
        return properties.getProperty(SERVER, Integer.class);
    }

    /** None where the management endpoints share the server's. */
    @Nullable
    Integer management() {
        Integer port = properties.getProperty(MANAGEMENT, Integer.class);
        return port != null && port.equals(server()) ? null : port;
    }

    /** All there are; none in an application that serves nobody. */
    List<Integer> all() {
        List<Integer> ports = new ArrayList<>();
        for (Integer port : new Integer[] {server(), management()}) {
            if (port != null && port > 0) { // a server of a test's own has none
                ports.add(port);
            }
        }
        return ports;
    }
}
