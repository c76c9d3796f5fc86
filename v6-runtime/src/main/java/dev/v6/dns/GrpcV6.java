// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

/**
 * The scheme {@code v6} for gRPC's channels: {@code v6:///db.example.com:8443} is looked up as by {@link GrpcDns},
 * wherever the service runs and whatever {@code v6.dns} says.
 */
public final class GrpcV6 extends GrpcProvider {
    /** Below gRPC's own, so that a target without a scheme never comes here. */
    private static final int PRIORITY = 4;

    /** Called by gRPC. */
    public GrpcV6() {
        super("v6", PRIORITY);
    }

    @Override
    protected boolean isAvailable() {
        return true;
    }
}
