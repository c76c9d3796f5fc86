// SPDX-License-Identifier: Apache-2.0
package dev.v6.probe;

import dev.v6.AddressText;
import dev.v6.Family;
import dev.v6.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to reach one address and port over TCP. That a connect succeeded proves nothing, for a proxy accepts on
 * behalf of services that are not there; so the probe goes on until a byte comes back, the connection ends, or the
 * deadline passes.
 */
public final class Probe {
    private final InetSocketAddress target;
    private final Exchange exchange;
    private final Duration timeout;
    private final Duration hold;
    private final @Nullable Duration quiet;
    private final Socket socket = new Socket(Proxy.NO_PROXY); // a SOCKS proxy set for the JVM would answer instead
    private final Instant started = Instant.now();
    private final long startedNanos = System.nanoTime();

    private boolean accepted;

    private @Nullable InetSocketAddress local;

    private Probe(
            InetSocketAddress target, Exchange exchange, Duration timeout, Duration hold, @Nullable Duration quiet) {
        this.target = target;
        this.exchange = exchange;
        this.timeout = timeout;
        this.hold = hold;
        this.quiet = quiet;
    }

    /**
     * Tries once and closes the connection.
     *
     * @param target a resolved address and a port
     * @param exchange what to do once connected
     * @param timeout for the whole attempt, more than zero
     * @return what it met; never throws for anything the network does
     * @throws IllegalArgumentException if the target is a name that was not resolved
     */
    public static ProbeResult tcp(InetSocketAddress target, Exchange exchange, Duration timeout) {
        return held(target, exchange, timeout, Duration.ZERO);
    }

    /**
     * As {@link #tcp}, but keeps an accepted connection open for a while even if the outcome is known sooner, so that a
     * witness who looks at intervals cannot miss it.
     *
     * @param target a resolved address and a port
     * @param exchange what to do once connected
     * @param timeout for the attempt, more than zero
     * @param hold how long to keep the connection from its acceptance on
     * @return what it met
     */
    public static ProbeResult held(InetSocketAddress target, Exchange exchange, Duration timeout, Duration hold) {
        return prepare(target, exchange, timeout, hold).run();
    }

    /**
     * As {@link #tcp}, but once connected it waits for a first byte for another time than for the connect: where the
     * handshake is all that is asked for, not at all.
     *
     * @param target a resolved address and a port
     * @param exchange what to do once connected
     * @param timeout for the connect, more than zero
     * @param quiet for the first byte; with zero the connection is closed at once
     * @return what it met; {@link ProbeResult#accepted()} tells of the handshake
     */
    public static ProbeResult brief(InetSocketAddress target, Exchange exchange, Duration timeout, Duration quiet) {
        return prepare(target, exchange, timeout, Duration.ZERO, quiet).run();
    }

    static Probe prepare(InetSocketAddress target, Exchange exchange, Duration timeout, Duration hold) {
        return prepare(target, exchange, timeout, hold, null);
    }

    private static Probe prepare(
            InetSocketAddress target, Exchange exchange, Duration timeout, Duration hold, @Nullable Duration quiet) {
        if (target.isUnresolved()) {
            throw new IllegalArgumentException(
                    target.getHostString() + " is a name. Look it up first: a probe tries one address.");
        }
        return new Probe(target, exchange, timeout, hold, quiet);
    }

    /** Ends a running attempt from another thread. */
    void cancel() {
        try {
            socket.close();
        } catch (IOException alreadyBroken) {
            // It is closed either way, which is all that is asked for.
        }
    }

    ProbeResult run() {
        try (socket) {
            socket.connect(target, remainingMillis());
            accepted = true;
            long acceptedNanos = System.nanoTime();
            local = new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort());
            ProbeResult result = exchange();
            if (result.outcome() != Outcome.CLOSED_EARLY) {
                TimeUnit.NANOSECONDS.sleep(hold.toNanos() - (System.nanoTime() - acceptedNanos));
            }
            return result;
        } catch (IOException e) {
            return failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return result(Outcome.TIMEOUT, "interrupted");
        }
    }

    private ProbeResult exchange() throws IOException {
        Duration patience = quiet == null ? Duration.ofMillis(remainingMillis()) : quiet;
        if (patience.isZero()) {
            return result(Outcome.TIMEOUT, "accepted");
        }
        try {
            byte[] request = exchange.request(target);
            socket.getOutputStream().write(request);
            socket.setSoTimeout((int) Math.max(1, patience.toMillis()));
            InputStream in = socket.getInputStream();
            int first = in.read();
            return first < 0
                    ? result(Outcome.CLOSED_EARLY, "accepted, then closed without a byte")
                    : result(Outcome.OK, firstLine(first, in));
        } catch (SocketTimeoutException e) {
            return result(
                    Outcome.TIMEOUT,
                    "accepted, then not a byte in " + (quiet == null ? timeout : quiet).toMillis() + " ms");
        } catch (SocketException e) {
            if (socket.isClosed()) {
                throw e;
            }
            return result(Outcome.CLOSED_EARLY, "accepted, then reset without a byte");
        }
    }

    /** What is there of the first line at once: evidence for people, so not worth waiting for. */
    private static String firstLine(int first, InputStream in) throws IOException {
        StringBuilder line = new StringBuilder("answered ");
        int c = first;
        for (int i = 0; i < 60 && c >= ' ' && c < 127; i++) {
            line.append((char) c);
            c = in.available() > 0 ? in.read() : -1;
        }
        return line.length() > 9 ? line.toString() : "answered with bytes";
    }

    private ProbeResult failed(IOException e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        String to = " (" + AddressText.of(target.getAddress(), target.getPort()) + ")";
        if (e instanceof SocketTimeoutException || message.contains("timed out")) {
            return result(Outcome.TIMEOUT, "no answer to the connect in " + timeout.toMillis() + " ms" + to);
        }
        if (e instanceof NoRouteToHostException || message.contains("unreachable")) {
            return result(Outcome.UNREACHABLE, message + to);
        }
        if (e instanceof BindException || message.contains("family unavailable") || message.contains("not supported")) {
            // EADDRNOTAVAIL, EAFNOSUPPORT: this side has no address of the family to start from.
            return result(Outcome.NO_ADDRESS, "no " + Family.of(target.getAddress()) + " here: " + message + to);
        }
        if (e instanceof ConnectException) {
            return result(Outcome.REFUSED, message + to);
        }
        return result(Outcome.UNREACHABLE, message + to);
    }

    private ProbeResult result(Outcome outcome, String detail) {
        Duration took = Duration.ofNanos(System.nanoTime() - startedNanos);
        return new ProbeResult(target, outcome, accepted, local, started, took, detail);
    }

    /** At least 1, for 0 means for ever to the JDK. */
    private int remainingMillis() {
        long left = timeout.toMillis() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos);
        return (int) Math.max(1, Math.min(left, Integer.MAX_VALUE));
    }
}
