// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import dev.v6.proc.Problems;
import java.net.URI;

/**
 * What a target of gRPC's names: {@code dns:///db.example.com:8443}.
 *
 * @param authority host and port as they were written, for TLS and the header {@code :authority}
 * @param host a name, or an address in digits without brackets
 * @param port where
 */
record GrpcTarget(String authority, String host, int port) {
    private static final int PORTS = 1 << 16;

    /**
     * Reads a target.
     *
     * @param uri its authority, the server to ask, is left out as gRPC leaves it out
     * @param defaultPort where none is written
     * @throws IllegalArgumentException if it names no host
     */
    static GrpcTarget of(URI uri, int defaultPort) {
        String path = uri.getPath();
        String written = path == null || !path.startsWith("/") ? "" : path.substring(1);
        int bracket = written.indexOf(']');
        int colon = written.indexOf(':', bracket + 1);
        String host = colon < 0 ? written : written.substring(0, colon);
        boolean digits = bracket > 0 && bracket == host.length() - 1 && host.startsWith("[");
        int port = colon < 0 ? defaultPort : port(written.substring(colon + 1));
        if (host.isEmpty() || (bracket >= 0 && !digits) || port < 0) {
            throw new IllegalArgumentException("The target '" + Problems.printable(uri.toString())
                    + "' names no host. Write it as in " + uri.getScheme() + ":///db.example.com:8443.");
        }
        return new GrpcTarget(written, digits ? host.substring(1, bracket) : host, port);
    }

    private static int port(String digits) {
        try {
            int port = Integer.parseInt(digits);
            return port < PORTS ? port : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
