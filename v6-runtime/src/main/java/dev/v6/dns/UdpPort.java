// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import dev.v6.Family;
import java.io.IOException;
import java.net.PortUnreachableException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A local port, chosen by the kernel at random and connected to one server, so that nobody else's datagrams come in and
 * the host's word that nobody listens there does. It serves for a number of questions, and another one after it: who
 * means to answer in the server's stead has to guess it anew (RFC 5452, 9.2). So it is after a question that was not
 * answered: the kernel translates a port's datagrams as it did the first, and an engine that restarts has its server
 * elsewhere behind 127.0.0.11.
 */
final class UdpPort implements NioWire.Ready {
    private static final int MOST_QUESTIONS = 500;

    /** More than EDNS asks for, as some servers do not listen. */
    private static final int LONGEST_MESSAGE = 4096;

    private final NioWire wire;
    private final Server server;
    private final Map<Integer, Waiting> waiting = new HashMap<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(LONGEST_MESSAGE);
    private final @Nullable DatagramChannel channel;
    private int questions;
    private boolean broken;
    private boolean retired;

    private final class Waiting implements Wire.Sent {
        private final int id;
        private final Question question;
        private final Consumer<Reply> to;

        Waiting(int id, Question question, Consumer<Reply> to) {
            this.id = id;
            this.question = question;
            this.to = to;
        }

        @Override
        public void forget() {
            broken = true;
            waiting.remove(id);
            closeIfDone();
        }
    }

    UdpPort(NioWire wire, Server server) {
        this.wire = wire;
        this.server = server;
        this.channel = open();
        this.broken = channel == null;
    }

    private @Nullable DatagramChannel open() {
        DatagramChannel opened = null;
        try {
            opened = DatagramChannel.open(
                    Family.of(server.address()) == Family.IPV6
                            ? StandardProtocolFamily.INET6
                            : StandardProtocolFamily.INET);
            opened.connect(server.socketAddress());
            wire.register(opened, SelectionKey.OP_READ, this);
            return opened;
        } catch (IOException | RuntimeException e) { // such as a JVM without IPv6 sockets
            if (opened != null) {
                NioWire.close(opened);
            }
            return null;
        }
    }

    /** Whether another one has to take its place. */
    boolean worn() {
        return broken || questions >= MOST_QUESTIONS;
    }

    /** Asks nothing more; closes when nobody waits any more. */
    void retire() {
        retired = true;
        closeIfDone();
    }

    Wire.Sent ask(Question question, Consumer<Reply> to) {
        questions++;
        int id = wire.nextId();
        while (waiting.containsKey(id)) {
            id = wire.nextId();
        }
        Waiting one = new Waiting(id, question, to);
        waiting.put(id, one);
        send(id, question);
        return one;
    }

    private void send(int id, Question question) {
        try {
            if (channel == null) {
                throw new IOException("no way to " + server);
            }
            channel.write(DnsMessage.question(id, question)); // what the kernel does not take now is lost like others
        } catch (PortUnreachableException e) {
            wire.run(this::refused); // the word about an earlier datagram
        } catch (IOException | RuntimeException e) {
            broken = true;
            wire.run(() -> end(id, Reply.Kind.NO_ROUTE));
        }
    }

    private void end(int id, Reply.Kind kind) {
        Waiting one = waiting.remove(id);
        if (one != null) {
            one.to.accept(Reply.without(kind, server));
        }
        closeIfDone();
    }

    private void refused() {
        broken = true;
        List<Waiting> all = new ArrayList<>(waiting.values());
        waiting.clear();
        all.forEach(one -> one.to.accept(Reply.without(Reply.Kind.CLOSED, server)));
        closeIfDone();
    }

    private void closeIfDone() {
        if (retired && waiting.isEmpty() && channel != null) {
            NioWire.close(channel);
        }
    }

    @Override
    public void ready(SelectionKey key) {
        DatagramChannel from = (DatagramChannel) key.channel();
        try {
            while (from.isOpen()) {
                buffer.clear();
                if (from.read(buffer) <= 0) {
                    return;
                }
                received(DnsMessage.read(buffer.flip()));
            }
        } catch (PortUnreachableException e) {
            refused();
        } catch (IOException e) {
            broken = true;
        }
    }

    private void received(@Nullable DnsMessage reply) {
        Waiting one = reply == null ? null : waiting.get(reply.id());
        // Whatever does not fit is somebody's guess: the true answer may still come.
        if (reply != null && one != null && ReplyReader.answers(reply, one.question)) {
            waiting.remove(reply.id());
            one.to.accept(ReplyReader.read(reply, one.question, server));
            closeIfDone();
        }
    }
}
