// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reply in the form of RFC 1035, section 4, read within its bounds whatever it holds.
 *
 * @param id the question's
 * @param code RCODE, 0 for none
 * @param authoritative AA
 * @param truncated TC
 * @param recursion RA: whether the server asks others
 * @param questions what it says that it answers
 * @param answers the answer section
 * @param authorities the authority section
 */
record DnsMessage(
        int id,
        int code,
        boolean authoritative,
        boolean truncated,
        boolean recursion,
        List<Entry> questions,
        List<Entry> answers,
        List<Entry> authorities) {
    static final int A = 1;
    static final int NS = 2;
    static final int CNAME = 5;
    static final int SOA = 6;
    static final int AAAA = 28;
    static final int OPT = 41;
    static final int INTERNET = 1;

    /** What passes every link of IPv6 in one piece (RFC 9715, 3). */
    private static final int EDNS_SIZE = 1232;

    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_QUESTION = 300;
    private static final int REPLY = 0x8000;
    private static final int RECURSION_DESIRED = 0x0100;
    private static final int POINTER = 0xc0;

    /**
     * A question or a record.
     *
     * @param name in lower case, without a dot at its end; a dot within a label has a backslash before it
     * @param type as {@link #A}; of a class that is not the internet's, -1
     * @param ttl seconds
     * @param data a record's; empty for a question
     * @param target the name in a CNAME's data, in the same form; empty for others
     */
    record Entry(String name, int type, long ttl, ByteBuffer data, String target) {}

    /** A question, ready to be sent. */
    static ByteBuffer question(int id, Question question) {
        ByteBuffer out = ByteBuffer.allocate(LONGEST_QUESTION);
        out.putShort((short) id).putShort((short) RECURSION_DESIRED).putShort((short) 1);
        out.putInt(0).putShort((short) (question.edns() ? 1 : 0));
        int start = 0;
        String name = question.name();
        while (start < name.length()) {
            int dot = name.indexOf('.', start);
            int end = dot < 0 ? name.length() : dot;
            out.put((byte) (end - start)).put(name.substring(start, end).getBytes(StandardCharsets.US_ASCII));
            start = end + 1;
        }
        out.put((byte) 0).putShort((short) type(question)).putShort((short) INTERNET);
        if (question.edns()) {
            out.put((byte) 0).putShort((short) OPT).putShort((short) EDNS_SIZE);
            out.putInt(0).putShort((short) 0);
        }
        return out.flip();
    }

    static int type(Question question) {
        return question.type().equals("AAAA") ? AAAA : A;
    }

    /** Null if that is no reply. */
    static @Nullable DnsMessage read(ByteBuffer in) {
        try {
            int id = in.getShort() & 0xffff;
            int flags = in.getShort() & 0xffff;
            int[] counts = new int[4];
            for (int i = 0; i < counts.length; i++) {
                counts[i] = in.getShort() & 0xffff;
            }
            if ((flags & REPLY) == 0) {
                return null;
            }
            return new DnsMessage(
                    id,
                    flags & 0xf,
                    (flags & 0x400) != 0,
                    (flags & 0x200) != 0,
                    (flags & 0x80) != 0,
                    questions(in, counts[0]),
                    records(in, counts[1]),
                    records(in, counts[2]));
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            return null;
        }
    }

    private static List<Entry> questions(ByteBuffer in, int count) {
        List<Entry> questions = new ArrayList<>(1);
        for (int i = 0; i < count; i++) {
            String name = name(in);
            int type = in.getShort() & 0xffff;
            int internet = in.getShort();
            questions.add(new Entry(name, internet == INTERNET ? type : -1, 0, ByteBuffer.allocate(0), ""));
        }
        return questions;
    }

    private static List<Entry> records(ByteBuffer in, int count) {
        List<Entry> records = new ArrayList<>(Math.min(count, 16));
        for (int i = 0; i < count; i++) {
            String name = name(in);
            int type = in.getShort() & 0xffff;
            int internet = in.getShort();
            long ttl = in.getInt() & 0xffffffffL;
            int length = in.getShort() & 0xffff;
            int start = in.position();
            ByteBuffer data = in.slice(start, length);
            in.position(start + length);
            if (internet == INTERNET) {
                records.add(new Entry(
                        name,
                        type,
                        ttl,
                        data,
                        type == CNAME ? name(in.duplicate().position(start)) : ""));
            }
        }
        return records;
    }

    /** Follows pointers to what stands before them only, so that it ends. */
    private static String name(ByteBuffer in) {
        StringBuilder name = new StringBuilder();
        ByteBuffer at = in;
        int before = in.position();
        int jumps = 0;
        for (int length = at.get() & 0xff; length != 0; length = at.get() & 0xff) {
            if ((length & POINTER) == POINTER) {
                int to = (length & ~POINTER) << 8 | (at.get() & 0xff);
                if (to >= before || ++jumps > LONGEST_NAME) {
                    throw new IllegalArgumentException("a name that points forward");
                }
                before = to;
                at = in.duplicate().position(to);
            } else if ((length & POINTER) != 0 || name.length() + length > LONGEST_NAME) {
                throw new IllegalArgumentException("a name that is none");
            } else {
                if (!name.isEmpty()) {
                    name.append('.');
                }
                label(at, length, name);
            }
        }
        return name.toString();
    }

    private static void label(ByteBuffer at, int length, StringBuilder name) {
        for (int i = 0; i < length; i++) {
            char c = (char) (at.get() & 0xff);
            if (c == '.' || c == '\\') {
                name.append('\\');
            }
            name.append(c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A') : c);
        }
    }
}
