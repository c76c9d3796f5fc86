// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import java.util.Locale;

/** What opens the service's sockets, and which of its settings says on what address. */
enum Framework {
    /** Spring Boot. */
    SPRING_BOOT("Spring Boot", "server.address"),
    /** Quarkus. */
    QUARKUS("Quarkus", "quarkus.http.host"),
    /** Micronaut. */
    MICRONAUT("Micronaut", "micronaut.server.host"),
    /** Vert.x, which has no setting: the address is in the code. */
    VERTX("Vert.x", ""),
    /** Anything else that runs in a JVM. */
    JAVA("Java", ""),
    /** No JVM, or nothing that shows. */
    OTHER("", "");

    private final String title;
    private final String property;

    Framework(String title, String property) {
        this.title = title;
        this.property = property;
    }

    /** The setting of the address; empty if there is none. */
    String property() {
        return property;
    }

    /** The same in the environment. */
    String variable() {
        return property.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /**
     * What to change for sockets on the wildcard.
     *
     * @param set where the address is set now, empty if that does not show
     * @param catalogue what to say where nothing is known
     */
    String toWildcard(String set, String catalogue) {
        String now = set.isEmpty() ? "" : " Now " + set + ".";
        return switch (this) {
            case SPRING_BOOT, QUARKUS, MICRONAUT ->
                "Set " + property + "=:: in " + title + "'s application.properties, or " + variable()
                        + "=:: in the container's environment; :: takes both families." + now;
            case VERTX -> "Leave the host out: listen(port), or new HttpServerOptions().setPort(port) without setHost.";
            case JAVA ->
                "Leave the address out: new ServerSocket(port), new InetSocketAddress(port); such a socket takes both"
                        + " families.";
            case OTHER -> catalogue;
        };
    }
}
