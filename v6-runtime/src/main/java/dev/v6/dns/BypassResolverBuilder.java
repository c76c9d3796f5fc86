// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import dev.v6.Setting;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes a {@link BypassResolver}. Whatever is not set is as {@link BypassResolver#create()} has it. */
public final class BypassResolverBuilder {
    private List<Server> servers;
    private List<String> domains;
    private @Nullable Duration timeout;
    private Duration staleFor = Duration.ofHours(1);
    private int cacheSize = 10_000;
    private @Nullable LastResort lastResort;
    private Path resolvConf = Path.of("/etc/resolv.conf");
    private Path hosts = Path.of("/etc/hosts");

    BypassResolverBuilder() {
        this(Server.parse(Setting.DNS_SERVERS.value()));
    }

    BypassResolverBuilder(List<Server> servers) {
        this.servers = servers;
        this.domains = domains(Setting.DNS_DOMAINS.value());
    }

    /**
     * Whom to ask instead of the servers that resolv.conf and the engine name. The embedded DNS stays the one for the
     * names that only it knows.
     *
     * @param list as in {@code v6.dns.servers}: {@code 192.0.2.53, [2001:db8::53]:5353}
     * @return this
     * @throws IllegalArgumentException if one of them is no address with or without a port
     */
    public BypassResolverBuilder servers(String list) {
        servers = Server.parse(list);
        return this;
    }

    /**
     * The domains whose names the embedded DNS knows best, as {@code v6.dns.domains} lists them. Names without a dot
     * always count as such. This saves a question and changes no answer.
     *
     * @param list domains apart by commas or blanks
     * @return this
     * @throws IllegalArgumentException if one of them is no domain
     */
    public BypassResolverBuilder embeddedDomains(String list) {
        domains = domains(list);
        return this;
    }

    private static List<String> domains(String list) {
        List<String> domains = new ArrayList<>();
        for (String word : list.split("[,\\s]+", 0)) {
            if (word.isEmpty()) {
                continue;
            }
            try {
                String name = DnsName.normal(word.startsWith(".") ? word.substring(1) : word);
                domains.add(name.endsWith(".") ? name.substring(0, name.length() - 1) : name);
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(
                        "v6.dns.domains names '" + word + "', which is no domain. Write domains apart by commas, such"
                                + " as internal.example, shop.local.",
                        e);
            }
        }
        return domains;
    }

    /**
     * How long one look-up may take. If it is not set, that is {@code timeout} times {@code attempts} of resolv.conf, so
     * 10 seconds if they are not set either.
     *
     * @param longest more than zero
     * @return this
     * @throws IllegalArgumentException if it is not
     */
    public BypassResolverBuilder timeout(Duration longest) {
        if (longest.isNegative() || longest.isZero()) {
            throw new IllegalArgumentException("The timeout is " + longest + ". Give one of more than zero.");
        }
        timeout = longest;
        return this;
    }

    /**
     * How long an answer serves after its time when no server answers (RFC 8767): 1 hour if not set.
     *
     * @param longest zero to have none
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public BypassResolverBuilder staleFor(Duration longest) {
        if (longest.isNegative()) {
            throw new IllegalArgumentException("Old answers are to serve for " + longest + ". Give zero or more.");
        }
        staleFor = longest;
        return this;
    }

    /**
     * How many names are kept at most: 10,000 if not set.
     *
     * @param names 1 or more
     * @return this
     * @throws IllegalArgumentException if it is less
     */
    public BypassResolverBuilder cacheSize(int names) {
        if (names < 1) {
            throw new IllegalArgumentException(names + " names are to be kept. Give 1 or more.");
        }
        cacheSize = names;
        return this;
    }

    /**
     * Who looks names up until this resolver has started, where no upstream is known, and when all servers fail. Without
     * one, a look-up waits for the start and the embedded DNS is asked alone.
     *
     * @param other never this resolver, nor anything that comes back to it
     * @return this
     */
    public BypassResolverBuilder lastResort(LastResort other) {
        lastResort = other;
        return this;
    }

    /**
     * Another file for /etc/resolv.conf.
     *
     * @param file which
     * @return this
     */
    public BypassResolverBuilder resolvConf(Path file) {
        resolvConf = file;
        return this;
    }

    /**
     * Another file for /etc/hosts.
     *
     * @param file which
     * @return this
     */
    public BypassResolverBuilder hosts(Path file) {
        hosts = file;
        return this;
    }

    /**
     * Starts the resolver, in the background.
     *
     * @return a resolver to close when it is not needed any more
     */
    public BypassResolver build() {
        Real real = new Real();
        return build(real, real);
    }

    BypassResolver build(LongSupplier clock) {
        return build(new Real(), clock);
    }

    /** The kernel's wire and clock. No lambdas: this is done beside a service's start. */
    private static final class Real implements Supplier<Wire>, LongSupplier {
        @Override
        public Wire get() {
            return new NioWire();
        }

        @Override
        public long getAsLong() {
            return System.nanoTime();
        }
    }

    private BypassResolver build(Supplier<Wire> wires, LongSupplier clock) {
        return new BypassResolver(
                new Settings(servers, domains, timeout, staleFor, cacheSize, lastResort, resolvConf, hosts),
                wires,
                clock);
    }
}
