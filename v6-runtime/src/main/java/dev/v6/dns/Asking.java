// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks servers one question until one of them settles it. The first is asked at once; the next (or, if there is no
 * other, the same again) when nothing has come for 250 ms, then for 500 ms, then each second, or at once when one fails.
 * Whoever left two datagrams unanswered is asked by TCP besides, where the kernel sees to what is lost. Replies to
 * earlier askings still count. All on the wire's thread.
 */
final class Asking {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
    private static final int LONGEST_CHAIN = 8;
    private static final int HURRIED = 12;
    private static final Duration HURRY = Duration.ofMillis(125);
    private static final int LOST_BEFORE_TCP = 2;

    private final Wire wire;
    private final List<Peer> peers;
    private final Consumer<Reply> done;
    private final Consumer<Step> trace;
    private int most;
    private final List<Peer.Ask> asks = new ArrayList<>(2);
    private final List<Peer> out = new ArrayList<>();

    private Question question;
    private Duration wait = Peer.LATE;
    private Wire.@Nullable Alarm alarm;
    private Peer.@Nullable Ask last;
    private @Nullable Reply failure;
    private @Nullable Reply part;
    private @Nullable Duration ttl;
    private int turn;
    private int asked;
    private int open;
    private int chain;
    private boolean again;
    private boolean hurried;
    private boolean triedTcp;
    private boolean over;

    /** One reply, for who wants to see the way. */
    record Step(Question question, Reply reply) {}

    /**
     * Prepares to ask.
     *
     * @param peers at least one, in the order in which they are asked
     * @param most how often it is asked at most
     * @param done told once what settles it or, if nothing does, of the failure that says most; never if abandoned
     * @param trace told of every reply
     */
    Asking(Wire wire, List<Peer> peers, Question question, int most, Consumer<Reply> done, Consumer<Step> trace) {
        this.wire = wire;
        this.peers = peers;
        this.question = question;
        this.most = most;
        this.done = done;
        this.trace = trace;
    }

    void begin() {
        next();
    }

    /** Ends without a word. What is under way still tells how its server is. */
    void abandon() {
        over = true;
        if (alarm != null) {
            alarm.cancel();
        }
        asks.forEach(Peer.Ask::withdraw);
    }

    /** The other family is there, so the servers answer: what is missing was lost, and is asked for without pausing. */
    void hurry() {
        if (!over && !hurried) {
            hurried = true;
            most += HURRIED;
            wait = HURRY;
            rearm();
        }
    }

    private void next() {
        Peer peer = asked < most ? choose() : null;
        if (peer != null) {
            ask(peer, question);
            rearm();
        } else if (open == 0 && !again) {
            giveUp();
        } else if (alarm == null) {
            rearm();
        }
    }

    private void giveUp() {
        if (part != null && !part.addresses().isEmpty()) {
            // By TCP nobody was there. Some of the addresses are better than none.
            finish(new Reply(Reply.Kind.ANSWER, part.server(), part.addresses(), part.ttl(), ""));
            return;
        }
        finish(failure == null ? Reply.without(Reply.Kind.SILENT, peers.get(0).server()) : failure);
    }

    private void rearm() {
        if (alarm != null) {
            alarm.cancel();
        }
        alarm = wire.later(wait, this::nothingCame);
        if (!hurried) {
            Duration twice = wait.plus(wait); // multipliedBy goes through BigDecimal
            wait = twice.compareTo(LONGEST_WAIT) < 0 ? twice : LONGEST_WAIT;
        }
    }

    private void nothingCame() {
        if (over) {
            return;
        }
        alarm = null;
        if (again) {
            again = false;
            out.clear();
        }
        if (last != null && !last.sent() && peers.size() == 1) {
            wait = Peer.LATE; // it is still in line there, and there is nowhere else to go
            rearm();
        } else if (asked < most) {
            if (asked >= LOST_BEFORE_TCP && !question.tcp() && !triedTcp) {
                tryTcp();
            }
            next();
        } else {
            giveUp();
        }
    }

    /** Past whatever loses datagrams. If it fails, too, that is no news. */
    private void tryTcp() {
        triedTcp = true;
        Question what = question.byTcp();
        for (Peer peer : peers) {
            Peer.Ask ask = out.contains(peer) ? null : peer.askBeside(what, reply -> repliedByTcp(what, reply));
            if (ask != null) {
                open++;
                asks.add(ask);
                return;
            }
        }
    }

    private void repliedByTcp(Question what, Reply reply) {
        if (over) {
            return;
        }
        trace.accept(new Step(what, reply));
        open--;
        if (!what.name().equals(question.name())) {
            return; // from before an alias was followed
        }
        if (reply.kind().settles()) {
            finish(reply);
        } else if (reply.kind() == Reply.Kind.ALIAS) {
            follow(reply);
        }
    }

    private @Nullable Peer choose() {
        for (int i = 0; i < peers.size(); i++) {
            Peer peer = peers.get((turn + i) % peers.size());
            if (!out.contains(peer)) {
                turn += i + 1;
                return peer;
            }
        }
        return null;
    }

    private void ask(Peer peer, Question what) {
        open++;
        asked++;
        last = peer.ask(what, reply -> replied(peer, what, reply));
        asks.add(last);
    }

    private void replied(Peer peer, Question what, Reply reply) {
        if (over) {
            return;
        }
        trace.accept(new Step(what, reply));
        open--;
        if (!what.name().equals(question.name())) {
            return; // from before an alias was followed
        }
        switch (reply.kind()) {
            case ANSWER, NO_DATA, NO_NAME -> finish(reply);
            case TRUNCATED -> {
                part = reply;
                askAgain(peer, what.byTcp());
            }
            case ALIAS -> follow(reply);
            case FORMERR -> {
                if (what.edns()) {
                    askAgain(peer, what.withoutEdns());
                } else {
                    failed(peer, reply);
                }
            }
            case SILENT -> {
                failure = failure == null ? reply : Reply.better(failure, reply);
                if (open == 0) {
                    next();
                }
            }
            default -> failed(peer, reply);
        }
    }

    private void askAgain(Peer peer, Question other) {
        question = other;
        ask(peer, other);
    }

    private void failed(Peer peer, Reply reply) {
        boolean first = failure == null;
        failure = failure == null ? reply : Reply.better(failure, reply);
        out.add(peer);
        // Under load the embedded DNS says SERVFAIL or REFUSED to what it answers a moment later, and when its engine
        // has started again it listens elsewhere, where the next question finds it.
        again |= first && peer.server().embedded() && reply.kind() != Reply.Kind.NO_ROUTE;
        next();
    }

    private void follow(Reply reply) {
        if (++chain > LONGEST_CHAIN) {
            finish(Reply.without(Reply.Kind.OTHER, reply.server()));
            return;
        }
        ttl = shorter(ttl, reply.ttl());
        question = question.of(reply.alias());
        asked = 0;
        turn = 0;
        triedTcp = false;
        out.clear();
        wait = Peer.LATE;
        next();
    }

    private static @Nullable Duration shorter(@Nullable Duration a, @Nullable Duration b) {
        return a == null ? b : b == null || a.compareTo(b) < 0 ? a : b;
    }

    private void finish(Reply reply) {
        abandon();
        done.accept(
                ttl == null || reply.ttl() == null
                        ? reply
                        : new Reply(reply.kind(), reply.server(), reply.addresses(), shorter(ttl, reply.ttl()), ""));
    }
}
