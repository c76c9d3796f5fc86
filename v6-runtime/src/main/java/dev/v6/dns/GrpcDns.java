// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

/**
 * v6 for gRPC's channels, by presence on the class path: targets such as {@code db.example.com:8443} and
 * {@code dns:///db.example.com:8443} are looked up past the engine's embedded DNS. It takes the place of gRPC's own
 * resolver where {@code v6.dns} says that v6 looks names up: {@code auto} where resolv.conf names 127.0.0.11 or
 * {@code v6.dns.servers} names servers, {@code on}, {@code off}. {@link GrpcV6} is there always.
 *
 * <p>A channel gets every address of both families, in the order of RFC 6724 with the families in turns, a group each, so
 * that gRPC's own way of trying them (gRFC A61) has both early. A name without any, or that nobody could tell, fails with
 * {@code UNAVAILABLE} and a sentence; gRPC asks again when it thinks fit. Proxies count as with gRPC's own resolver.
 *
 * <p>Service configs are not looked up. gRPC's own resolver does so (TXT records, gRFC A2) only with
 * {@code -Dio.grpc.internal.DnsNameResolverProvider.enable_service_config=true}; who needs that sets {@code v6.dns=off}.
 * A default service config of the channel's counts as ever.
 */
public final class GrpcDns extends GrpcProvider {
    /** Above gRPC's own, 5. grpclb's, for SRV records, has 6 too, and goes first by its name. */
    private static final int PRIORITY = 6;

    /** Called by gRPC. */
    public GrpcDns() {
        super("dns", PRIORITY);
    }

    @Override
    protected boolean isAvailable() {
        return Jvm.wanted();
    }
}
