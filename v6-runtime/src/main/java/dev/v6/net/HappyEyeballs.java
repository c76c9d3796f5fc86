// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Connects to a name over whichever family works, as fast as if the other did not exist (RFC 8305, Happy Eyeballs). The
 * addresses are sorted by RFC 6724, the families take turns, and while one attempt has no answer the next starts.
 *
 * <pre>{@code
 * Socket socket = HappyEyeballs.connect("db.example.com", 5432, Duration.ofSeconds(5));
 * }</pre>
 *
 * <p>Hosts may be names or addresses in any form that {@link dev.v6.Literal} takes. The timeout covers everything, the
 * look-up too. A waiting caller can be interrupted. Sockets are connected directly: socksProxyHost is not looked at.
 * To go through a proxy, connect to the proxy ({@link Validation} says how); it chooses among the target's addresses.
 *
 * <p>What worked last for a host and port is tried first for 10 minutes. On a host that has only IPv6, IPv4 addresses
 * are reached through the network's NAT64 (RFC 7050, RFC 6052) if it has one.
 *
 * <p>Safe for use by many threads, virtual ones included.
 */
public final class HappyEyeballs {
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final HappyEyeballs DEFAULTS = builder().build();

    private final Duration attemptDelay;
    private final Duration resolutionDelay;
    private final PolicyTable policy;
    private final Names names;
    private final @Nullable Validation validation;
    private final LocalAddresses locals = LocalAddresses.system();
    private final LastWorked lastWorked = new LastWorked(System::nanoTime);
    private final Nat64 nat64;

    HappyEyeballs(HappyEyeballsBuilder from) {
        this.attemptDelay = from.attemptDelay;
        this.resolutionDelay = from.resolutionDelay;
        this.policy = from.policy;
        this.names = from.names;
        this.validation = from.validation;
        this.nat64 = new Nat64(from.names, System::nanoTime);
    }

    /**
     * Connects with the RFC's own settings.
     *
     * @param host a name or an address
     * @param port 1 to 65535
     * @param timeout for everything together, more than zero
     * @return a connected socket
     * @throws java.net.UnknownHostException if the name has no address
     * @throws java.net.SocketTimeoutException if the time is up; says what each attempt met
     * @throws java.net.ConnectException if every address failed; says what each attempt met
     * @throws java.io.InterruptedIOException if this thread is interrupted while it waits; it still is afterwards
     * @throws IOException if no socket can be opened
     * @throws IllegalArgumentException if host, port or timeout cannot be
     */
    public static Socket connect(String host, int port, Duration timeout) throws IOException {
        return DEFAULTS.socket(host, port, timeout);
    }

    /**
     * Connects to a host and port in one text.
     *
     * @param hostAndPort for example {@code db.example.com:5432} or {@code [2001:db8::1]:80}
     * @param timeout for everything together, more than zero
     * @return a connected socket
     * @throws IOException as {@link #connect(String, int, Duration)}
     */
    public static Socket connect(String hostAndPort, Duration timeout) throws IOException {
        return DEFAULTS.run(Target.of(hostAndPort), timeout).socket();
    }

    /**
     * As {@link #connect(String, int, Duration)}, for those who use channels.
     *
     * @param host a name or an address
     * @param port 1 to 65535
     * @param timeout for everything together, more than zero
     * @return a connected channel in blocking mode
     * @throws IOException as there
     */
    public static SocketChannel connectChannel(String host, int port, Duration timeout) throws IOException {
        return DEFAULTS.channel(host, port, timeout);
    }

    /**
     * Begins to choose other settings than the RFC's.
     *
     * @return the RFC's settings, to be changed
     */
    public static HappyEyeballsBuilder builder() {
        return new HappyEyeballsBuilder();
    }

    static HappyEyeballs defaults() {
        return DEFAULTS;
    }

    /**
     * As {@link #connect(String, int, Duration)}, with these settings.
     *
     * @param host a name or an address
     * @param port 1 to 65535
     * @param timeout for everything together, more than zero
     * @return what the validation gave, or else the connected socket
     * @throws IOException as there
     */
    public Socket socket(String host, int port, Duration timeout) throws IOException {
        return run(Target.of(host, port), timeout).socket();
    }

    /**
     * As {@link #connectChannel}, with these settings.
     *
     * @param host a name or an address
     * @param port 1 to 65535
     * @param timeout for everything together, more than zero
     * @return a connected channel in blocking mode, after the validation
     * @throws IOException as there
     */
    public SocketChannel channel(String host, int port, Duration timeout) throws IOException {
        return run(Target.of(host, port), timeout).channel();
    }

    /**
     * Sockets for JDBC drivers, HTTP clients and others that take a factory.
     *
     * @return a factory with these settings
     */
    public HappyEyeballsSocketFactory socketFactory() {
        return new HappyEyeballsSocketFactory(this);
    }

    private Connected run(Target target, Duration timeout) throws IOException {
        long nanos = nanos(timeout);
        try (ChannelConnector connector = connector(target, List.of())) {
            return run(target, null, nanos, connector);
        }
    }

    ChannelConnector connector(Target target, List<ChannelConnector.Preparation> preparations) {
        return new ChannelConnector(target, preparations, validation);
    }

    /** Runs a race on this thread. */
    Connected run(Target target, @Nullable InetAddress favourite, long nanos, ChannelConnector connector)
            throws IOException {
        Contest<Connected> contest = contest(target, favourite, nanos, connector, connector::wakeup);
        try (ConnectRace<Connected> race = contest.race()) {
            long wait = race.step();
            while (wait != ConnectRace.DONE) {
                connector.await(wait);
                wait = race.step();
            }
            return contest.result();
        }
    }

    /** Every race begins here, whoever runs it. */
    <C> Contest<C> contest(
            Target target,
            @Nullable InetAddress favourite,
            long nanos,
            ConnectRace.Connector<C> connector,
            Runnable wakeup) {
        HostView host = locals.now();
        Candidates candidates = new Candidates(target, favourite, host, lastWorked.of(target, host), policy);
        ConnectRace<C> race = new ConnectRace<>(
                System::nanoTime,
                connector,
                new ConnectRace.Pace(attemptDelay, resolutionDelay, nanos),
                candidates.given(),
                () -> candidates.lookup(names, nat64),
                candidates::order,
                wakeup);
        return new Contest<>(target, race, host, lastWorked);
    }

    static long nanos(Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("The timeout must be more than zero, but is " + timeout
                    + ". Give one such as Duration.ofSeconds(5).");
        }
        return timeout.compareTo(LONGEST) > 0 ? Long.MAX_VALUE : timeout.toNanos();
    }
}
