// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import java.io.IOException;
import java.net.Socket;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** One non-blocking connect, and its validation where there is one. */
final class ChannelAttempt implements ConnectRace.Attempt<Connected> {
    private final SocketChannel channel;
    private final @Nullable Validation validation;
    private final Runnable wakeup;

    private @Nullable SelectionKey key;
    private @Nullable CompletableFuture<Socket> validating;

    ChannelAttempt(SocketChannel channel, @Nullable Validation validation, Runnable wakeup) {
        this.channel = channel;
        this.validation = validation;
        this.wakeup = wakeup;
    }

    /** Lets a selector tell when the connect has ended. */
    void waitIn(Selector selector) throws IOException {
        if (key == null && validating == null && channel.isOpen()) {
            key = channel.register(selector, SelectionKey.OP_CONNECT);
        }
    }

    @Override
    public @Nullable Connected poll() throws IOException {
        boolean going = false;
        try {
            Connected connected = advance();
            going = true;
            return connected;
        } finally {
            if (!going) {
                abandon();
            }
        }
    }

    private @Nullable Connected advance() throws IOException {
        if (validating != null) {
            return validating.isDone() ? validated(validating) : null;
        }
        if (!channel.finishConnect()) {
            return null;
        }
        if (key != null) {
            key.cancel();
        }
        channel.configureBlocking(true);
        if (validation == null) {
            return new Connected(channel, channel.socket());
        }
        validating = start(validation);
        return null;
    }

    /** A thread for each connection that stands, as what users do with it may block, each for as long as it likes. */
    private CompletableFuture<Socket> start(Validation step) {
        CompletableFuture<Socket> verdict = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        verdict.complete(step.validate(channel.socket()));
                    } catch (IOException | RuntimeException | Error e) {
                        verdict.completeExceptionally(e);
                    }
                    wakeup.run();
                },
                "v6-validate");
        thread.setDaemon(true);
        thread.start();
        return verdict;
    }

    private Connected validated(CompletableFuture<Socket> verdict) throws IOException {
        try {
            return new Connected(channel, verdict.join());
        } catch (CompletionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }

    @Override
    public void abandon() {
        try {
            channel.close();
        } catch (IOException alreadyBroken) {
            // It is closed either way, which is all that is asked for.
        }
    }
}
