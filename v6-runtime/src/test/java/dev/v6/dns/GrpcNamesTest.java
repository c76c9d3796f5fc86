// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.v6.Literal;
import io.grpc.EquivalentAddressGroup;
import io.grpc.HttpConnectProxiedSocketAddress;
import io.grpc.NameResolver;
import io.grpc.NameResolver.ConfigOrError;
import io.grpc.NameResolver.ResolutionResult;
import io.grpc.ProxyDetector;
import io.grpc.Status;
import io.grpc.SynchronizationContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a channel is told; and what it does then, with real servers, is {@link GrpcChannelTest}'s. */
class GrpcNamesTest {
    private final SynchronizationContext context = new SynchronizationContext((thread, failure) -> {
        throw new AssertionError(failure);
    });
    private final BlockingQueue<Object> told = new LinkedBlockingQueue<>();
    private ProxyDetector proxies = target -> null;

    private NameResolver.Args args() {
        return NameResolver.Args.newBuilder()
                .setDefaultPort(80)
                .setProxyDetector(proxies)
                .setSynchronizationContext(context)
                .setServiceConfigParser(new NameResolver.ServiceConfigParser() {
                    @Override
                    public ConfigOrError parseServiceConfig(Map<String, ?> raw) {
                        return ConfigOrError.fromConfig(raw);
                    }
                })
                .build();
    }

    private GrpcNames names(String target, GrpcNames.Addresses addresses) {
        GrpcNames names = new GrpcNames(GrpcTarget.of(URI.create(target), 80), args(), addresses);
        context.execute(() -> names.start(new NameResolver.Listener2() {
            @Override
            public void onResult(ResolutionResult result) {
                told.add(result);
            }

            @Override
            public void onError(Status error) {
                told.add(error);
            }
        }));
        return names;
    }

    private Object next() throws InterruptedException {
        return Objects.requireNonNull(told.poll(20, TimeUnit.SECONDS), "told within 20 s");
    }

    @SuppressWarnings("deprecation") // there in every gRPC
    private List<String> addresses() throws InterruptedException {
        List<String> all = new ArrayList<>();
        for (EquivalentAddressGroup group : ((ResolutionResult) next()).getAddresses()) {
            assertThat(group.getAddresses()).hasSize(1);
            all.add(group.getAddresses().get(0).toString());
        }
        return all;
    }

    private static List<InetAddress> list(String... digits) {
        List<InetAddress> all = new ArrayList<>();
        for (String each : digits) {
            all.add(Objects.requireNonNull(Literal.parse(each)));
        }
        return all;
    }

    @Test
    void theFamiliesTakeTurnsAndEachAddressIsAGroup() throws Exception {
        names("dns:///db.test:8443", host -> list("2001:db8::1", "2001:db8::2", "198.18.0.1", "198.18.0.2"));

        assertThat(addresses())
                .containsExactly(
                        "/[2001:db8:0:0:0:0:0:1]:8443",
                        "/198.18.0.1:8443",
                        "/[2001:db8:0:0:0:0:0:2]:8443",
                        "/198.18.0.2:8443");
    }

    @Test
    void withoutAPortItIsTheChannels() throws Exception {
        GrpcNames names = names("dns:///db.test", host -> list("198.18.0.1"));

        assertThat(addresses()).containsExactly("/198.18.0.1:80");
        assertThat(names.getServiceAuthority()).isEqualTo("db.test");
    }

    @Test
    void whatIsNotFoundIsUnavailableWithTheSentence() throws Exception {
        names("dns:///db.test", host -> {
            throw new UnknownHostException("'db.test' has no address. Check the name.");
        });

        Status status = (Status) next();
        assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(status.getDescription()).isEqualTo("'db.test' has no address. Check the name.");
    }

    @Test
    void aFaultIsToldToo() throws Exception {
        names("dns:///db.test", host -> {
            throw new IllegalStateException("a fault");
        });

        assertThat(((Status) next()).getDescription())
                .isEqualTo("v6 could not look up 'db.test': java.lang.IllegalStateException: a fault. Please report"
                        + " this.");
    }

    @Test
    void aRefreshAsksAgain() throws Exception {
        List<String> asked = new ArrayList<>();
        GrpcNames names = names("dns:///db.test", host -> {
            asked.add(host);
            return list("198.18.0." + asked.size());
        });
        assertThat(addresses()).containsExactly("/198.18.0.1:80");

        context.execute(names::refresh);

        assertThat(addresses()).containsExactly("/198.18.0.2:80");
    }

    @Test
    void afterItsEndNothingIsTold() throws Exception {
        BlockingQueue<List<InetAddress>> answer = new LinkedBlockingQueue<>();
        GrpcNames names = names("dns:///db.test", host -> {
            try {
                return answer.take();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        context.execute(names::shutdown);
        answer.add(list("198.18.0.1"));
        context.execute(names::refresh);

        assertThat(told.poll(300, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void throughAProxyTheNameIsTheProxysToLookUp() throws Exception {
        proxies = target -> HttpConnectProxiedSocketAddress.newBuilder()
                .setProxyAddress(new InetSocketAddress("198.18.0.9", 3128))
                .setTargetAddress((InetSocketAddress) target)
                .build();
        names("dns:///db.test:8443", host -> {
            throw new UnknownHostException("asked for " + host);
        });

        assertThat(addresses()).singleElement().asString().contains("198.18.0.9", "db.test");
    }

    @ParameterizedTest
    @CsvSource({
        "dns:///db.test:8443,            db.test:8443,            db.test,             8443",
        "dns:///db.test,                 db.test,                 db.test,             80",
        "dns://192.0.2.53/db.test:1,     db.test:1,               db.test,             1",
        "dns:///my_service:1,            my_service:1,            my_service,          1",
        "v6:///[2001:db8::1]:8443,       [2001:db8::1]:8443,      2001:db8::1,         8443",
        "v6:///[2001:db8::1],            [2001:db8::1],           2001:db8::1,         80",
        "v6:///198.18.0.1:8443,          198.18.0.1:8443,         198.18.0.1,          8443",
    })
    void targetsAreReadAsGrpcReadsThem(String uri, String authority, String host, int port) {
        assertThat(GrpcTarget.of(URI.create(encoded(uri)), 80)).isEqualTo(new GrpcTarget(authority, host, port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v6:db.test:1",
                "v6:///",
                "v6:///:1",
                "v6:///db.test:",
                "v6:///db.test:x",
                "v6:///db.test:65536",
                "v6:///2001:db8::1",
                "v6:///[2001:db8::1",
                "v6:///[2001:db8::1]x:1"
            })
    void aTargetWithoutAHostIsToldHowToWriteIt(String uri) {
        assertThatThrownBy(() -> GrpcTarget.of(URI.create(encoded(uri)), 80))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("names no host. Write it as in v6:///db.example.com:8443");
    }

    /** A path of a URI has no brackets. */
    private static String encoded(String uri) {
        return uri.replace("[", "%5B").replace("]", "%5D");
    }
}
