// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.Literal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

class JdkNamesTest {
    private static final InetAddress FOUR = Literal.parse("192.0.2.1");
    private static final InetAddress SIX = Literal.parse("2001:db8::1");

    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private long now;
    private final JdkNames names = new JdkNames(this::resolve, waiting::add, () -> now, Duration.ofSeconds(1));

    private InetAddress[] resolve(String host) throws UnknownHostException {
        if (host.equals("nope.example")) {
            throw new UnknownHostException(host);
        }
        return new InetAddress[] {FOUR, SIX};
    }

    @Test
    void nobodyWaitsAndBothFamiliesAnswer() {
        Names.Answers answers = names.lookup("db.example");
        assertThat(answers.ipv6()).isNotDone();
        waiting.remove().run();
        assertThat(answers.ipv6().join()).containsExactly(SIX);
        assertThat(answers.ipv4().join()).containsExactly(FOUR);
    }

    @Test
    void oneQuestionServesAllWhoAskMeanwhileAndForASecond() {
        names.lookup("db.example");
        now = Duration.ofSeconds(5).toNanos();
        names.lookup("db.example");
        assertThat(waiting).hasSize(1);
        waiting.remove().run();
        names.lookup("db.example");
        assertThat(waiting).as("asked 5 s ago").hasSize(1);
        waiting.remove().run();
        now += Duration.ofMillis(999).toNanos();
        assertThat(names.lookup("db.example").ipv4()).isDone();
        assertThat(waiting).isEmpty();
    }

    @Test
    void aFailureIsToldAndNotKept() {
        Names.Answers answers = names.lookup("nope.example");
        waiting.remove().run();
        assertThat(answers.ipv6()).isCompletedExceptionally();
        assertThat(answers.ipv4()).isCompletedExceptionally();
        names.lookup("nope.example");
        assertThat(waiting).hasSize(1);
    }
}
