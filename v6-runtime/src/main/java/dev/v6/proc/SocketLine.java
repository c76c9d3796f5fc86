// SPDX-License-Identifier: Apache-2.0
package dev.v6.proc;

import dev.v6.Family;
import dev.v6.Protocol;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * A row of a socket table whose addresses are still text. Reading this far starts none of the JDK's network classes:
 * what a service sets for them in its first lines must still count while the agent is waiting for its port.
 */
record SocketLine(Protocol protocol, Family table, Fields fields, int localPort, TcpState state, long inode) {
    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int STATE = 3;
    private static final int UID = 7;
    private static final int INODE = 9;
    private static final String ESTABLISHED = "01";
    private static final String TIME_WAIT = "06";
    private static final int IPV4_DIGITS = 8;
    private static final int IPV6_DIGITS = 32;

    /** Whether a line is, beyond doubt, a TCP connection: what most rows of a busy service are. */
    static boolean connection(TableReader line, Protocol protocol) {
        return protocol == Protocol.TCP && (line.fieldIs(STATE, ESTABLISHED) || line.fieldIs(STATE, TIME_WAIT));
    }

    /** A row, or null if the line is none. */
    static @Nullable SocketLine parse(String line, Protocol protocol, Family table) {
        Fields fields = new Fields(line);
        int digits = table == Family.IPV6 ? IPV6_DIGITS : IPV4_DIGITS;
        try {
            if (fields.count() <= INODE
                    || fields.addressText(LOCAL).length() != digits
                    || fields.addressText(REMOTE).length() != digits) {
                return null;
            }
            TcpState state = TcpState.of((int) fields.hex(STATE));
            return state == null
                    ? null
                    : new SocketLine(protocol, table, fields, fields.port(LOCAL), state, fields.decimal(INODE));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** As {@link SocketEntry#listening()}. */
    boolean listening() {
        return protocol == Protocol.TCP
                ? state == TcpState.LISTEN
                : state == TcpState.CLOSE && fields.port(REMOTE) == 0;
    }

    /** The row with its addresses, or null if these are none. */
    @Nullable
    SocketEntry entry(ByteOrder order) {
        try {
            int uid = (int) fields.decimal(UID); // the kernel's is unsigned; only the bits count
            return new SocketEntry(protocol, table, endpoint(LOCAL, order), endpoint(REMOTE, order), state, uid, inode);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private Endpoint endpoint(int field, ByteOrder order) {
        byte[] bytes = Fields.words(fields.addressText(field), order);
        return new Endpoint(Fields.address(bytes), mapped(bytes), fields.port(field));
    }

    private static boolean mapped(byte[] bytes) {
        if (bytes.length == 4) {
            return false;
        }
        for (int i = 0; i < 10; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return bytes[10] == -1 && bytes[11] == -1;
    }
}
