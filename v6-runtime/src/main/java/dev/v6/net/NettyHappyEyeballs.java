// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.resolver.NoopAddressResolverGroup;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@link HappyEyeballs} for Netty's {@link Bootstrap}, which on its own tries the first address of a name and no other.
 * It needs netty-transport on the class path, 4.1 or 4.2.
 *
 * <pre>{@code
 * Future<Channel> channel = NettyHappyEyeballs.connect(bootstrap, "db.example.com", 5432, Duration.ofSeconds(5));
 * }</pre>
 *
 * <p>Each attempt is a channel of the bootstrap's with its options and handler, so the handler must be sharable or, as
 * usual, a ChannelInitializer; those of losers see their channel close without ever having been active. All attempts
 * share one event loop, whose thread never waits. The bootstrap's resolver and connect timeout are not used.
 */
public final class NettyHappyEyeballs {
    private NettyHappyEyeballs() {}

    /**
     * Connects with the RFC's own settings.
     *
     * @param bootstrap with group, channel type and handler; it is not changed
     * @param host a name or an address
     * @param port 1 to 65535
     * @param timeout for everything together, more than zero
     * @return the channel that won, or the exception that {@link HappyEyeballs#connect(String, int, Duration)} throws;
     *     cancelling it ends the attempts
     * @throws IllegalArgumentException if host, port or timeout cannot be
     */
    public static Future<Channel> connect(Bootstrap bootstrap, String host, int port, Duration timeout) {
        return connect(bootstrap, HappyEyeballs.defaults(), host, port, timeout);
    }

    /**
     * Connects with other settings. A validation is not run: it takes a Socket.
     *
     * @param bootstrap with group, channel type and handler; it is not changed
     * @param eyeballs the settings
     * @param host a name or an address
     * @param port 1 to 65535
     * @param timeout for everything together, more than zero
     * @return as {@link #connect(Bootstrap, String, int, Duration)}
     * @throws IllegalArgumentException if host, port or timeout cannot be
     */
    public static Future<Channel> connect(
            Bootstrap bootstrap, HappyEyeballs eyeballs, String host, int port, Duration timeout) {
        Target target = Target.of(host, port);
        long nanos = HappyEyeballs.nanos(timeout);
        EventLoop loop = bootstrap.config().group().next();
        Bootstrap one = bootstrap
                .clone(loop)
                .resolver(NoopAddressResolverGroup.INSTANCE)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0); // the race has its own
        Driver driver = new Driver(loop, one, target);
        loop.execute(() -> driver.begin(eyeballs, nanos));
        return driver.won;
    }

    /** Runs a race on an event loop. */
    private static final class Driver implements ConnectRace.Connector<Channel> {
        private final EventLoop loop;
        private final Bootstrap bootstrap;
        private final Target target;
        private final Promise<Channel> won;

        private @Nullable Contest<Channel> contest;
        private @Nullable Future<?> alarm;

        Driver(EventLoop loop, Bootstrap bootstrap, Target target) {
            this.loop = loop;
            this.bootstrap = bootstrap;
            this.target = target;
            this.won = loop.newPromise();
        }

        void begin(HappyEyeballs eyeballs, long nanos) {
            contest = eyeballs.contest(target, null, nanos, this, this::later);
            won.addListener(done -> later());
            step();
        }

        /** Never within a step: an attempt may end while it starts. */
        private void later() {
            loop.execute(this::step);
        }

        private void step() {
            Contest<Channel> running = contest;
            if (running == null) {
                return;
            }
            if (alarm != null) {
                alarm.cancel(false);
            }
            if (won.isDone()) {
                running.race().close();
                contest = null;
                return;
            }
            try {
                long wait = running.race().step();
                if (wait == ConnectRace.DONE) {
                    contest = null;
                    end(running);
                } else {
                    alarm = loop.schedule(this::step, wait, TimeUnit.NANOSECONDS);
                }
            } catch (IOException | RuntimeException e) {
                running.race().close();
                contest = null;
                won.tryFailure(e);
            }
        }

        private void end(Contest<Channel> over) throws IOException {
            Channel channel = over.result();
            if (!won.trySuccess(channel)) {
                var unused = channel.close(); // cancelled in this very moment
            }
        }

        @Override
        public ConnectRace.Attempt<Channel> start(InetAddress address) {
            ChannelFuture connecting = bootstrap.connect(new InetSocketAddress(address, target.port()));
            connecting.addListener(ended -> later());
            return new ChannelFutureAttempt(connecting);
        }
    }

    private record ChannelFutureAttempt(ChannelFuture connecting) implements ConnectRace.Attempt<Channel> {
        @Override
        public @Nullable Channel poll() throws IOException {
            if (!connecting.isDone()) {
                return null;
            }
            if (connecting.isSuccess()) {
                return connecting.channel();
            }
            Throwable why = connecting.cause();
            throw why instanceof IOException io ? io : new IOException(why);
        }

        /** A connect that has begun cannot be cancelled, but its channel can be closed. */
        @Override
        public void abandon() {
            var unused = connecting.channel().close();
        }
    }
}
