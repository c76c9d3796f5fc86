// SPDX-License-Identifier: Apache-2.0
package dev.v6.proc;

import org.jspecify.annotations.Nullable;

/** The state of a socket, by the kernel's numbers (include/net/tcp_states.h). The order is theirs. */
public enum TcpState {
    /** 01: data may flow. A connected UDP socket has this state too. */
    ESTABLISHED,
    /** 02: our SYN is out. */
    SYN_SENT,
    /** 03: theirs came, the handshake is not done. */
    SYN_RECV,
    /** 04: this side closed, the FIN is not acknowledged. */
    FIN_WAIT1,
    /** 05: this side closed, the other has not. */
    FIN_WAIT2,
    /** 06: both closed, this side first. */
    TIME_WAIT,
    /** 07: closed; for UDP the unconnected socket, which receives from anybody. */
    CLOSE,
    /** 08: the other side closed, this one has not. */
    CLOSE_WAIT,
    /** 09: the other side closed first, then this one. */
    LAST_ACK,
    /** 0A: accepts connections. */
    LISTEN,
    /** 0B: both closed at once. */
    CLOSING,
    /** 0C: a request that has no full socket yet. */
    NEW_SYN_RECV;

    private static final TcpState[] BY_NUMBER = values();

    /**
     * The state with this number.
     *
     * @param number as in the table, from 1
     * @return the state, or null where the kernel has none of that number
     */
    static @Nullable TcpState of(int number) {
        return number >= 1 && number <= BY_NUMBER.length ? BY_NUMBER[number - 1] : null;
    }
}
