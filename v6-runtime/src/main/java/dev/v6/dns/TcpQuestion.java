// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One question over a connection of its own (RFC 7766): for answers that no datagram holds, so a rare one. */
final class TcpQuestion implements NioWire.Ready {
    private final Server server;
    private final Question question;
    private final int id;
    private final Consumer<Reply> to;
    private final ByteBuffer out;
    private final ByteBuffer length = ByteBuffer.allocate(Short.BYTES);
    private @Nullable ByteBuffer message;
    private boolean over;

    private TcpQuestion(Server server, Question question, int id, Consumer<Reply> to) {
        this.server = server;
        this.question = question;
        this.id = id;
        this.to = to;
        ByteBuffer bare = DnsMessage.question(id, question);
        this.out = ByteBuffer.allocate(bare.remaining() + Short.BYTES)
                .putShort((short) bare.remaining())
                .put(bare)
                .flip();
    }

    static Wire.Sent ask(NioWire wire, Server server, Question question, int id, Consumer<Reply> to) {
        TcpQuestion asking = new TcpQuestion(server, question, id, to);
        SocketChannel channel;
        try {
            channel = SocketChannel.open();
        } catch (IOException e) {
            wire.run(() -> asking.end(Reply.Kind.NO_ROUTE));
            return () -> asking.over = true;
        }
        try {
            SelectionKey key = wire.register(channel, 0, asking);
            // Connected at once or not: the key tells either way.
            boolean connected = channel.connect(server.socketAddress());
            key.interestOps(connected ? SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT);
        } catch (IOException | UnsupportedAddressTypeException | UnresolvedAddressException e) {
            NioWire.close(channel);
            wire.run(() -> asking.end(kind(e)));
        }
        return () -> {
            asking.over = true;
            NioWire.close(channel);
        };
    }

    private static Reply.Kind kind(Exception why) {
        if (why instanceof NoRouteToHostException || why instanceof UnsupportedAddressTypeException) {
            return Reply.Kind.NO_ROUTE;
        }
        return why instanceof ConnectException ? Reply.Kind.CLOSED : Reply.Kind.SILENT;
    }

    private void end(Reply.Kind kind) {
        tell(Reply.without(kind, server));
    }

    private void tell(Reply reply) {
        if (!over) {
            over = true;
            to.accept(reply);
        }
    }

    @Override
    public void ready(SelectionKey key) {
        SocketChannel channel = (SocketChannel) key.channel();
        try {
            if (key.isConnectable()) {
                channel.finishConnect();
                key.interestOps(SelectionKey.OP_WRITE);
            } else if (key.isWritable()) {
                channel.write(out);
                if (!out.hasRemaining()) {
                    key.interestOps(SelectionKey.OP_READ);
                }
            } else {
                read(channel);
            }
        } catch (IOException e) {
            NioWire.close(channel);
            end(out.hasRemaining() ? kind(e) : Reply.Kind.CLOSED);
        }
    }

    private void read(SocketChannel channel) throws IOException {
        int more = 1;
        while (more > 0) {
            ByteBuffer into = message == null ? length : message;
            more = channel.read(into);
            if (message == null && !length.hasRemaining()) {
                message = ByteBuffer.allocate(length.getShort(0) & 0xffff);
            } else if (message != null && !message.hasRemaining()) {
                NioWire.close(channel);
                received(DnsMessage.read(message.flip()));
                return;
            }
        }
        if (more < 0) {
            NioWire.close(channel);
            end(Reply.Kind.CLOSED);
        }
    }

    private void received(@Nullable DnsMessage reply) {
        if (reply != null && reply.id() == id && ReplyReader.answers(reply, question)) {
            tell(ReplyReader.read(reply, question, server));
        } else {
            end(Reply.Kind.CLOSED);
        }
    }
}
