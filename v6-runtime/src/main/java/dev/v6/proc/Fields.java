// SPDX-License-Identifier: Apache-2.0
package dev.v6.proc;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The fields of one line, which blanks separate. Whatever is no number where one must be is a NumberFormatException. */
final class Fields {
    private static final int MOST = 12;

    private final String line;
    private final int[] starts = new int[MOST];
    private final int[] ends = new int[MOST];
    private int count;

    Fields(String line) {
        this.line = line;
        int at = 0;
        while (count < MOST) {
            while (at < line.length() && line.charAt(at) == ' ') {
                at++;
            }
            if (at == line.length()) {
                return;
            }
            starts[count] = at;
            while (at < line.length() && line.charAt(at) != ' ') {
                at++;
            }
            ends[count++] = at;
        }
    }

    int count() {
        return count;
    }

    String text(int field) {
        return line.substring(starts[field], ends[field]);
    }

    long decimal(int field) {
        return Long.parseLong(line, starts[field], ends[field], 10);
    }

    long hex(int field) {
        return Long.parseLong(line, starts[field], ends[field], 16);
    }

    /** The address of an {@code address:port} pair. */
    String addressText(int field) {
        return line.substring(starts[field], colon(field));
    }

    /** The port of an {@code address:port} pair. */
    int port(int field) {
        int port = Integer.parseInt(line, colon(field) + 1, ends[field], 16);
        if (port < 0 || port > 0xffff) {
            throw new NumberFormatException("port " + port);
        }
        return port;
    }

    private int colon(int field) {
        int colon = line.indexOf(':', starts[field]);
        if (colon < 0 || colon >= ends[field]) {
            throw new NumberFormatException("no colon");
        }
        return colon;
    }

    /** The bytes of hexadecimal digits in the order in which they are written. */
    static byte[] bytes(String hex) {
        byte[] bytes = new byte[hex.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(hex, 2 * i, 2 * i + 2, 16);
        }
        return bytes;
    }

    /** The socket tables print an address as 32-bit words, each in the machine's own byte order. */
    static byte[] words(String hex, ByteOrder order) {
        ByteBuffer bytes = ByteBuffer.allocate(hex.length() / 2).order(order);
        for (int i = 0; i < hex.length(); i += 8) {
            bytes.putInt(Integer.parseUnsignedInt(hex, i, i + 8, 16));
        }
        return bytes.array();
    }

    static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new NumberFormatException(bytes.length + " bytes are no address");
        }
    }
}
