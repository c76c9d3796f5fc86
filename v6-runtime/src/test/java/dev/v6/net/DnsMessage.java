// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** As much of RFC 1035 as A and AAAA take. */
final class DnsMessage {
    static final int A = 1;
    static final int AAAA = 28;
    static final int OK = 0;
    static final int SERVFAIL = 2;
    static final int NXDOMAIN = 3;

    private static final int HEADER = 12;
    private static final int POINTER = 0xc0;

    private DnsMessage() {}

    static ByteBuffer question(int id, String name, int type) {
        ByteBuffer message = ByteBuffer.allocate(512);
        message.putShort((short) id)
                .putShort((short) 0x0100)
                .putShort((short) 1)
                .putShort((short) 0)
                .putInt(0);
        for (String label : name.split("\\.", 0)) {
            byte[] bytes = label.getBytes(StandardCharsets.US_ASCII);
            message.put((byte) bytes.length).put(bytes);
        }
        return message.put((byte) 0).putShort((short) type).putShort((short) 1).flip();
    }

    static String name(ByteBuffer message) {
        StringBuilder name = new StringBuilder();
        int at = HEADER;
        while (message.get(at) != 0) {
            for (int i = 1; i <= message.get(at); i++) {
                name.append((char) message.get(at + i));
            }
            name.append('.');
            at += message.get(at) + 1;
        }
        return name.toString();
    }

    private static int questionEnd(ByteBuffer message) {
        int at = HEADER;
        while (message.get(at) != 0) {
            at += message.get(at) + 1;
        }
        return at + 5;
    }

    static int type(ByteBuffer message) {
        return message.getShort(questionEnd(message) - 4);
    }

    static ByteBuffer answer(ByteBuffer question, int code, List<InetAddress> addresses) {
        int end = questionEnd(question);
        ByteBuffer message = ByteBuffer.allocate(512);
        message.put(question.duplicate().position(0).limit(end));
        message.putShort(2, (short) (0x8180 | code)).putShort(6, (short) addresses.size());
        message.putInt(8, 0); // what the question says besides, as EDNS does, is not repeated
        for (InetAddress address : addresses) {
            byte[] bytes = address.getAddress();
            message.put((byte) POINTER).put((byte) HEADER);
            message.putShort((short) (bytes.length == 4 ? A : AAAA))
                    .putShort((short) 1)
                    .putInt(1);
            message.putShort((short) bytes.length).put(bytes);
        }
        return message.flip();
    }

    static List<InetAddress> addresses(ByteBuffer answer) throws UnknownHostException {
        int code = answer.getShort(2) & 0xf;
        if (code != OK) {
            throw new UnknownHostException(name(answer) + " code " + code);
        }
        List<InetAddress> addresses = new ArrayList<>();
        answer.position(questionEnd(answer));
        for (int i = 0; i < answer.getShort(6); i++) {
            answer.position(answer.position() + 10);
            byte[] bytes = new byte[answer.getShort()];
            answer.get(bytes);
            addresses.add(InetAddress.getByAddress(bytes));
        }
        return addresses;
    }
}
