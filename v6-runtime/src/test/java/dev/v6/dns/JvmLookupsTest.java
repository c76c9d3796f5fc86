// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.v6.Family;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JvmLookupsTest {
    private static final LookupOrder BOTH = LookupOrder.of(3);

    private final List<String> builtinAsked = Collections.synchronizedList(new ArrayList<>());
    private @Nullable HostLookup ours;
    private final JvmLookups lookups = new JvmLookups(() -> ours);

    private final JvmLookups.Builtin builtin = host -> {
        builtinAsked.add(host);
        return List.of(InetAddress.getByName("198.18.0.1"));
    };

    @Test
    void ourAnswerCarriesTheNameThatWasAskedFor() throws Exception {
        ours = answering("2001:db8::7", "198.18.0.7");

        List<InetAddress> found = lookups.byName("db.example", BOTH, builtin);

        assertThat(found)
                .extracting(InetAddress::toString) // in the order that this machine's own addresses give
                .containsExactlyInAnyOrder("db.example/2001:db8:0:0:0:0:0:7", "db.example/198.18.0.7");
        assertThat(builtinAsked).isEmpty();
    }

    @Test
    void withoutOursTheBuiltinResolverIsAsked() throws Exception {
        assertThat(lookups.byName("db.example", BOTH, builtin)).hasSize(1);
        assertThat(builtinAsked).containsExactly("db.example");
    }

    @Test
    void whatOursCannotTellTheBuiltinResolverIsAsked() throws Exception {
        ours = new Answering(host -> null);

        assertThat(lookups.byName("db.example", BOTH, builtin)).hasSize(1);
        assertThat(builtinAsked).containsExactly("db.example");
    }

    @Test
    void aNameThatDoesNotExistIsNotAskedForTwice() {
        ours = new Answering(host -> {
            throw new UnknownHostException(host);
        });

        assertThatThrownBy(() -> lookups.byName("missing.example", BOTH, builtin))
                .isInstanceOf(UnknownHostException.class);
        assertThat(builtinAsked).isEmpty();
    }

    /** Trap 38: never an empty answer. */
    @Test
    void aNameWithoutAnAddressOfTheFamilyIsUnknown() {
        ours = answering("198.18.0.7");

        assertThatThrownBy(() -> lookups.byName("db.example", LookupOrder.of(2), builtin))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageStartingWith("db.example");
    }

    @Test
    void aFaultOfOursHarmsNobody() throws Exception {
        ours = new Answering(host -> {
            throw new IllegalStateException("a fault");
        });

        assertThat(lookups.byName("db.example", BOTH, builtin)).hasSize(1);
    }

    /** Trap 35: what a look-up looks up itself goes the JDK's way. */
    @Test
    void aLookupWithinALookupGoesToTheBuiltinResolver() throws Exception {
        ours = new Answering(host -> lookups.byName("within." + host, BOTH, builtin));

        lookups.byName("db.example", BOTH, builtin);

        assertThat(builtinAsked).containsExactly("within.db.example");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 4 4",
        "2, 6 6",
        "3, 6 4 6 4",
        "7, 4 4 6 6",
        "11, 6 6 4 4",
    })
    void theOrderIsThatOfThePolicy(int characteristics, String families) throws Exception {
        List<InetAddress> mixed = addresses("2001:db8::1", "198.18.0.1", "2001:db8::2", "198.18.0.2");

        StringBuilder order = new StringBuilder();
        for (InetAddress address : LookupOrder.of(characteristics).apply(mixed, system -> system)) {
            order.append(order.isEmpty() ? "" : " ").append(Family.of(address) == Family.IPV4 ? 4 : 6);
        }
        assertThat(order).hasToString(families);
    }

    @Test
    void jdk17sPropertiesMeanTheSame() {
        assertThat(LookupOrder.ofProperties(true, null)).isEqualTo(LookupOrder.of(7));
        assertThat(LookupOrder.ofProperties(true, "false")).isEqualTo(LookupOrder.of(7));
        assertThat(LookupOrder.ofProperties(true, "true")).isEqualTo(LookupOrder.of(11));
        assertThat(LookupOrder.ofProperties(true, "system")).isEqualTo(LookupOrder.of(3));
        assertThat(LookupOrder.ofProperties(false, "true").families()).isEqualTo(EnumSet.of(Family.IPV4));
    }

    @Test
    void beforeOursIsReadyTheBuiltinResolverAnswers() throws Exception {
        ours = new Starting(new CompletableFuture<>(), answering("198.18.0.7"));

        assertThat(lookups.byName("db.example", BOTH, builtin))
                .extracting(InetAddress::getHostAddress)
                .containsExactly("198.18.0.1");
    }

    @Test
    void whereTheBuiltinResolverFailsOursIsWaitedFor() throws Exception {
        CompletableFuture<Void> ready = new CompletableFuture<>();
        ours = new Starting(ready, answering("198.18.0.7"));
        var unused = CompletableFuture.runAsync(
                () -> ready.complete(null), CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS));

        assertThat(lookups.byName("db.example", BOTH, JvmLookupsTest::unknown))
                .extracting(InetAddress::getHostAddress)
                .containsExactly("198.18.0.7");
    }

    /** Through 127.0.0.11 a first look-up may take 20 s to fail. */
    @Test
    void whereTheBuiltinResolverHangsOursAnswersAsSoonAsItCan() throws Exception {
        CompletableFuture<Void> ready = new CompletableFuture<>();
        CompletableFuture<Void> never = new CompletableFuture<>();
        ours = new Starting(ready, answering("198.18.0.7"));
        var unused = CompletableFuture.runAsync(
                () -> ready.complete(null), CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS));

        assertThat(lookups.byName("db.example", BOTH, host -> {
                    never.join();
                    return List.of();
                }))
                .extracting(InetAddress::getHostAddress)
                .containsExactly("198.18.0.7");
        never.complete(null);
    }

    @Test
    void ifNeitherCanTellTheBuiltinResolversWordIsTheLast() {
        ours = new Starting(new CompletableFuture<>(), new Answering(host -> null));

        assertThatThrownBy(() -> lookups.byName("db.example", BOTH, JvmLookupsTest::unknown))
                .isInstanceOf(UnknownHostException.class)
                .hasMessage("built-in: db.example");
    }

    /** Trap 35. */
    @Test
    void whatAThreadOfOursLooksUpGoesToTheBuiltinResolver() throws Exception {
        ours = answering("198.18.0.7");
        CompletableFuture<List<InetAddress>> found = new CompletableFuture<>();
        OwnThreads.daemon("test", () -> {
                    try {
                        found.complete(lookups.byName("db.example", BOTH, builtin));
                    } catch (UnknownHostException e) {
                        found.completeExceptionally(e);
                    }
                })
                .start();

        assertThat(found.get(10, TimeUnit.SECONDS))
                .extracting(InetAddress::getHostAddress)
                .containsExactly("198.18.0.1");
    }

    private static List<InetAddress> unknown(String host) throws UnknownHostException {
        throw new UnknownHostException("built-in: " + host);
    }

    private record Starting(CompletableFuture<Void> ready, HostLookup then) implements HostLookup {
        @Override
        public @Nullable List<InetAddress> lookup(String host) throws UnknownHostException {
            return then.lookup(host);
        }
    }

    private interface Lookup {
        @Nullable
        List<InetAddress> lookup(String host) throws UnknownHostException;
    }

    private record Answering(Lookup lookup) implements HostLookup {
        @Override
        public @Nullable List<InetAddress> lookup(String host) throws UnknownHostException {
            return lookup.lookup(host);
        }

        @Override
        public CompletableFuture<Void> ready() {
            return CompletableFuture.completedFuture(null);
        }
    }

    private static HostLookup answering(String... addresses) {
        return new Answering(host -> addresses(addresses));
    }

    private static List<InetAddress> addresses(String... texts) throws UnknownHostException {
        List<InetAddress> addresses = new ArrayList<>();
        for (String text : texts) {
            addresses.add(InetAddress.getByName(text));
        }
        return addresses;
    }
}
