// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import dev.v6.AddressText;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Non-blocking connects of one thread, which waits for all of them in one selector. A connect that succeeds at once
 * never opens the selector.
 */
final class ChannelConnector implements ConnectRace.Connector<Connected>, AutoCloseable {
    private final Target target;
    private final List<Preparation> preparations;
    private final @Nullable Validation validation;
    private final List<ChannelAttempt> attempts = new ArrayList<>(1);

    private volatile @Nullable Selector selector;
    private volatile boolean signalled;
    private volatile boolean cancelled;

    /** Something to set on each socket before it connects. */
    @FunctionalInterface
    interface Preparation {
        void prepare(Socket socket) throws IOException;
    }

    ChannelConnector(Target target, List<Preparation> preparations, @Nullable Validation validation) {
        this.target = target;
        this.preparations = preparations;
        this.validation = validation;
    }

    @Override
    public ConnectRace.Attempt<Connected> start(InetAddress address) throws IOException {
        SocketChannel channel = SocketChannel.open();
        ChannelAttempt attempt = new ChannelAttempt(channel, validation, this::wakeup);
        boolean begun = false;
        try {
            if (!preparations.isEmpty()) {
                Socket socket = channel.socket();
                for (Preparation preparation : preparations) {
                    preparation.prepare(socket);
                }
            }
            channel.configureBlocking(false);
            channel.connect(new InetSocketAddress(address, target.port()));
            attempts.add(attempt);
            begun = true;
            return attempt;
        } catch (UnsupportedAddressTypeException e) {
            SocketException failure = new SocketException(AddressText.of(address)
                    + " is of a family that this JVM does not open (java.net.preferIPv4Stack, or no IPv6 here)");
            failure.initCause(e);
            throw failure;
        } finally {
            if (!begun) {
                channel.close();
            }
        }
    }

    /**
     * Waits until an attempt may have ended, somebody called {@link #wakeup}, or the time is over.
     *
     * @throws InterruptedIOException if this thread is interrupted; it still is afterwards
     * @throws SocketException if another thread called {@link #cancel}
     */
    void await(long nanos) throws IOException {
        Selector waiting = selector;
        if (waiting == null) {
            waiting = Selector.open();
            selector = waiting;
        }
        for (ChannelAttempt attempt : attempts) {
            attempt.waitIn(waiting);
        }
        if (!signalled && !cancelled) {
            // Rounded up, as zero would mean for ever and one too few would come back to wait again.
            waiting.select(TimeUnit.NANOSECONDS.toMillis(nanos - 1) + 1);
        }
        signalled = false;
        waiting.selectedKeys().clear();
        if (cancelled) {
            throw new SocketException("Socket closed");
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("Interrupted while connecting to " + target + ".");
        }
    }

    /** Ends the wait, or the next one, from any thread. */
    void wakeup() {
        signalled = true;
        Selector waiting = selector;
        if (waiting != null) {
            waiting.wakeup();
        }
    }

    /** Ends the race from another thread. */
    void cancel() {
        cancelled = true;
        wakeup();
    }

    @Override
    public void close() throws IOException {
        Selector waiting = selector;
        if (waiting != null) {
            waiting.close();
        }
    }
}
