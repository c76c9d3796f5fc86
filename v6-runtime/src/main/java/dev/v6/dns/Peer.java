// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import dev.v6.Family;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A server as this process knows it: how many questions it has before it, which wait their turn, and whether it is worth
 * asking. All on the wire's thread.
 *
 * <p>Sockets and servers drop what comes in too thick a burst, and a lost reply costs more than waiting in line; so
 * there is a bound on what is under way, and a line. A question counts for 250 ms at most, so that a server that has
 * gone silent does not hold the line up.
 */
final class Peer {
    static final int MOST_UNDER_WAY = 64;
    static final Duration LATE = Duration.ofMillis(250);
    static final Duration SILENT = Duration.ofSeconds(3);

    private static final int LATE_TO_SUSPECT = 2;
    private static final int MOST_BESIDE = 8;
    private static final int FAILURES_TO_SET_ASIDE = 3;
    private static final Duration FIRST_ASIDE = Duration.ofSeconds(5);
    private static final Duration LONGEST_ASIDE = Duration.ofSeconds(60);

    /** Every resolver answers this from its own knowledge, or refuses, so that nobody else is asked (RFC 6761, 6.3). */
    private static final Question PROOF = new Question("localhost", Family.IPV4, false, true);

    private final Server server;
    private final Wire wire;
    private final Deque<Ask> line = new ArrayDeque<>();
    private int underWay;
    private int beside;
    private int late;
    private int failures;
    private boolean aside;
    private boolean proving;
    private boolean known;
    private long proveAt;
    private Duration nextAside = FIRST_ASIDE;

    /** How much a server is worth asking, the best first. */
    enum Standing {
        GOOD,
        SUSPECT,
        ASIDE
    }

    Peer(Server server, Wire wire) {
        this.server = server;
        this.wire = wire;
    }

    Server server() {
        return server;
    }

    Standing standing() {
        return aside
                ? Standing.ASIDE
                : late >= LATE_TO_SUSPECT && !server.embedded() ? Standing.SUSPECT : Standing.GOOD;
    }

    /** Asks when it is this question's turn. The reply comes for certain; {@link Reply.Kind#SILENT} if none does. */
    Ask ask(Question question, Consumer<Reply> to) {
        return enqueue(new Ask(question, to));
    }

    private Ask enqueue(Ask ask) {
        line.add(ask);
        advance();
        return ask;
    }

    /**
     * Asks past the line, for what was asked in it in vain; a failure says nothing of the server.
     *
     * @return null if too many do so already
     */
    @Nullable
    Ask askBeside(Question question, Consumer<Reply> to) {
        if (beside == MOST_BESIDE) {
            return null;
        }
        beside++;
        Ask ask = new Ask(question, reply -> {
            beside--;
            to.accept(reply);
        });
        ask.sendBeside();
        return ask;
    }

    /** Asks a server that does not answer of late, and whose time has come, whether it is back. */
    void proveIfDue() {
        if (standing() != Standing.GOOD && !proving && wire.now() - proveAt >= 0) {
            prove(reply -> {});
        }
    }

    /** Asks something harmless to see whether the server answers from here. */
    void prove(Consumer<Reply> to) {
        proving = true;
        Ask proof = new Ask(PROOF, to);
        proof.proof = true;
        enqueue(proof);
    }

    private void advance() {
        while (underWay < MOST_UNDER_WAY && !line.isEmpty()) {
            Ask next = line.remove();
            if (!next.withdrawn) {
                next.send();
            }
        }
    }

    /** Whether it has answered, or not, to anything so far. */
    boolean known() {
        return known;
    }

    private void judge(Reply.Kind kind) {
        known = true;
        if (kind.heard()) {
            late = 0;
            failures = 0;
            aside = false;
            nextAside = FIRST_ASIDE;
        } else if (kind == Reply.Kind.NO_ROUTE) {
            setAside();
        } else if (!waitsForOthers(kind) && ++failures >= FAILURES_TO_SET_ASIDE) {
            setAside();
        }
    }

    /** The embedded DNS is silent as long as its own upstreams are, and all the while knows the containers' names. */
    private boolean waitsForOthers(Reply.Kind kind) {
        return server.embedded() && kind == Reply.Kind.SILENT;
    }

    private void setAside() {
        if (aside && wire.now() - proveAt < 0) {
            return;
        }
        aside = true;
        proveAt = wire.now() + nextAside.toNanos();
        nextAside = nextAside.multipliedBy(2).compareTo(LONGEST_ASIDE) < 0 ? nextAside.multipliedBy(2) : LONGEST_ASIDE;
    }

    /** One question to this server, from the line to its reply; its own alarm, and its own listener. */
    final class Ask implements Runnable, Consumer<Reply> {
        private final Question question;
        private final Consumer<Reply> to;
        private Wire.@Nullable Sent sent;
        private Wire.@Nullable Alarm alarm;
        private boolean counts;
        private boolean apart;
        private boolean proof;
        private boolean overdue;
        private boolean withdrawn;

        private Ask(Question question, Consumer<Reply> to) {
            this.question = question;
            this.to = to;
        }

        /** False while it waits in line. */
        boolean sent() {
            return sent != null;
        }

        /** Nobody wants the reply any more. One that is under way still tells how the server is. */
        void withdraw() {
            withdrawn = true;
        }

        private void send() {
            underWay++;
            counts = true;
            alarm = wire.later(LATE, this);
            sent = wire.ask(server, question, this);
        }

        private void sendBeside() {
            apart = true;
            alarm = wire.later(SILENT, this);
            sent = wire.ask(server, question, this);
        }

        /** The alarm. */
        @Override
        public void run() {
            if (apart || overdue) {
                silent();
            } else {
                late();
            }
        }

        private void late() {
            if (++late == LATE_TO_SUSPECT) {
                proveAt = wire.now() + FIRST_ASIDE.toNanos();
            }
            stopCounting();
            overdue = true;
            alarm = wire.later(SILENT.minus(LATE), this);
            advance();
        }

        private void silent() {
            if (sent != null) {
                sent.forget();
            }
            accept(Reply.without(Reply.Kind.SILENT, server));
        }

        @Override
        public void accept(Reply reply) {
            if (alarm != null) {
                alarm.cancel();
            }
            stopCounting();
            if (!apart || reply.kind().heard()) {
                judge(reply.kind());
            }
            advance();
            if (proof) {
                proving = false;
                if (!reply.kind().heard()) {
                    setAside();
                }
            }
            to.accept(reply);
        }

        private void stopCounting() {
            if (counts) {
                counts = false;
                underWay--;
            }
        }
    }
}
