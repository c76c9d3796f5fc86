// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/** Servers that do as a test says, and a clock that jumps to whatever comes next. */
class FakeWire implements Wire {
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::number));
    private final Map<String, Behaviour> servers = new HashMap<>();
    private final List<String> log = new ArrayList<>();
    private long now = 1_000_000_000;
    private long count;

    /** What a server says to a question, and after how long; null for nothing ever. */
    @FunctionalInterface
    interface Behaviour {
        Said to(Question question);
    }

    record Said(Duration after, Reply reply) {}

    private record Task(long at, long number, Runnable what) {}

    void server(String address, Behaviour behaviour) {
        servers.put(address, behaviour);
    }

    /** What was asked: milliseconds from the beginning, server, question. */
    List<String> log() {
        return log.stream().filter(line -> !line.endsWith("localhost")).toList();
    }

    void advance(Duration by) {
        long end = now + by.toNanos();
        while (!tasks.isEmpty() && tasks.element().at() - end <= 0) {
            Task next = tasks.remove();
            now = Math.max(now, next.at());
            next.what().run();
        }
        now = end;
    }

    @Override
    public void run(Runnable task) {
        add(Duration.ZERO, task);
    }

    private Task add(Duration delay, Runnable what) {
        Task task = new Task(now + delay.toNanos(), count++, what);
        tasks.add(task);
        return task;
    }

    @Override
    public Alarm later(Duration delay, Runnable task) {
        Task one = add(delay, task);
        return () -> tasks.remove(one);
    }

    @Override
    public boolean here() {
        return false;
    }

    @Override
    public long now() {
        return now;
    }

    @Override
    public Sent ask(Server server, Question question, Consumer<Reply> to) {
        log.add((now - 1_000_000_000) / 1_000_000 + " " + server + " " + question.type() + " " + question.name()
                + (question.tcp() ? " tcp" : "") + (question.edns() ? "" : " plain"));
        Said said = servers.get(server.toString()).to(question);
        if (said == null) {
            return () -> {};
        }
        Reply reply = said.reply();
        Task coming = add(
                said.after(),
                () -> to.accept(new Reply(reply.kind(), server, reply.addresses(), reply.ttl(), reply.alias())));
        return () -> tasks.remove(coming);
    }

    @Override
    public void close() {
        tasks.clear();
    }

    private static final Server SOMEBODY = Server.parse("198.18.0.1").get(0);

    static Said says(Reply.Kind kind) {
        return new Said(Duration.ofMillis(1), Reply.without(kind, SOMEBODY));
    }

    static Said none(Reply.Kind kind, int ttl) {
        return new Said(Duration.ofMillis(1), Reply.negative(kind, SOMEBODY, Duration.ofSeconds(ttl)));
    }

    static Said answers(int ttl, InetAddress... addresses) {
        return new Said(
                Duration.ofMillis(1),
                new Reply(Reply.Kind.ANSWER, SOMEBODY, List.of(addresses), Duration.ofSeconds(ttl), ""));
    }

    static Said alias(String name) {
        return new Said(
                Duration.ofMillis(1), new Reply(Reply.Kind.ALIAS, SOMEBODY, List.of(), Duration.ofSeconds(60), name));
    }

    static Said after(long millis, Said said) {
        return new Said(Duration.ofMillis(millis), said.reply());
    }
}
