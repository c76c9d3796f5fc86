// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import dev.v6.Literal;
import dev.v6.net.Names;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** One event loop's view of {@link Names}: promises for futures. */
final class NettyNames extends InetNameResolver {
    private final Names names;

    NettyNames(EventExecutor executor, Names names) {
        super(executor);
        this.names = names;
    }

    @Override
    protected void doResolve(String host, Promise<InetAddress> promise) {
        resolve(host, (found, failure) -> {
            if (failure == null) {
                promise.trySuccess(found.get(0));
            } else {
                promise.tryFailure(failure);
            }
        });
    }

    @Override
    protected void doResolveAll(String host, Promise<List<InetAddress>> promise) {
        resolve(host, (found, failure) -> {
            if (failure == null) {
                promise.trySuccess(found);
            } else {
                promise.tryFailure(failure);
            }
        });
    }

    /** Told the addresses, at least one, or why there is none. */
    private interface Told {
        void of(List<InetAddress> found, @Nullable Throwable failure);
    }

    private void resolve(String host, Told told) {
        InetAddress literal;
        try {
            literal = Literal.parse(host);
        } catch (IllegalArgumentException e) {
            told.of(List.of(), new UnknownHostException(e.getMessage()).initCause(e));
            return;
        }
        if (literal != null) {
            told.of(List.of(literal), null);
            return;
        }
        Names.Answers answers = names.lookup(host);
        var unused = CompletableFuture.allOf(answers.ipv6(), answers.ipv4())
                .whenComplete((done, one) -> tell(host, answers, told));
    }

    /** One family that nobody could tell does not hide the other. */
    private static void tell(String host, Names.Answers answers, Told told) {
        List<InetAddress> both = new ArrayList<>();
        Throwable why = add(answers.ipv4(), both, add(answers.ipv6(), both, null));
        if (!both.isEmpty()) {
            told.of(Arrays.asList(FamilyOrder.ofThisJvm(Resolution.of(host, both, ""))), null);
        } else {
            told.of(List.of(), why == null ? new UnknownHostException("'" + host + "' has no address.") : why);
        }
    }

    private static @Nullable Throwable add(
            CompletableFuture<List<InetAddress>> done, List<InetAddress> to, @Nullable Throwable before) {
        try {
            to.addAll(done.join());
            return before;
        } catch (CompletionException e) {
            Throwable why = e.getCause() == null ? e : e.getCause();
            return before == null ? why : before;
        }
    }
}
