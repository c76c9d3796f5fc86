// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import dev.v6.Literal;
import java.net.DatagramPacket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** DNS messages byte by byte, for servers that lie. */
final class Wires {
    private static final int HEADER = 12;

    private Wires() {}

    static String name(DatagramPacket question) {
        StringBuilder name = new StringBuilder();
        int at = HEADER;
        while (question.getData()[at] != 0) {
            int length = question.getData()[at];
            name.append(name.isEmpty() ? "" : ".")
                    .append(new String(question.getData(), at + 1, length, StandardCharsets.US_ASCII));
            at += length + 1;
        }
        return name.toString();
    }

    /** An answer with one A record, none if AAAA was asked; the id is wrong by as much as is said. */
    static DatagramPacket answer(DatagramPacket question, int wrong, String name, String address) {
        ByteBuffer asked = ByteBuffer.wrap(question.getData());
        short type = asked.getShort(HEADER + name(question).length() + 2);
        ByteBuffer message = ByteBuffer.allocate(512);
        message.putShort((short) (asked.getShort(0) + wrong)).putShort((short) 0x8180);
        message.putShort((short) 1).putShort((short) (type == 1 ? 1 : 0)).putInt(0);
        for (String label : name.split("\\.", 0)) {
            message.put((byte) label.length()).put(label.getBytes(StandardCharsets.US_ASCII));
        }
        message.put((byte) 0).putShort(type).putShort((short) 1);
        if (type == 1) {
            message.putShort((short) 0xc00c).putShort(type).putShort((short) 1).putInt(60);
            message.putShort((short) 4)
                    .put(Objects.requireNonNull(Literal.parse(address)).getAddress());
        }
        return new DatagramPacket(message.array(), message.position(), question.getSocketAddress());
    }
}
