// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import dev.v6.proc.SocketEntry;
import dev.v6.proc.TcpState;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells new connections from those already reported. Remembers what is in the kernel's table and nothing more.
 *
 * <p>A connection that the service has yet to accept has inode 0. So has one that the service closed, but its state has
 * then moved on.
 */
final class ArrivalLog {
    /** The kernel's table may skip a row while others come and go; a row missed more often than this is gone. */
    private static final int READINGS_MISSED = 3;

    private final Map<String, Seen> seen = new HashMap<>();
    private int reading;

    private static final class Seen {
        boolean accepted;
        int reading;
    }

    /** To be called before each reading of the table. */
    void nextReading() {
        reading++;
    }

    /**
     * Takes in one row.
     *
     * @param socket a connection on one of the ports that are watched
     * @param now in milliseconds since 1970
     * @return what is new about it: that it is there, or that it has been accepted since; null if nothing is
     */
    @Nullable
    Arrival row(SocketEntry socket, long now) {
        if (!arrived(socket.state())) {
            return null;
        }
        boolean accepted = socket.inode() != 0 || closedHere(socket.state());
        String key = socket.remote() + ">" + socket.local();
        Seen before = seen.get(key);
        Seen current = before == null ? new Seen() : before;
        boolean news = before == null || (accepted && !before.accepted);
        current.accepted |= accepted;
        current.reading = reading;
        seen.put(key, current);
        return news ? new Arrival(socket, accepted, now) : null;
    }

    /** To be called after each reading. */
    void forgetWhatIsGone() {
        Iterator<Seen> all = seen.values().iterator();
        while (all.hasNext()) {
            if (reading - all.next().reading > READINGS_MISSED) {
                all.remove();
            }
        }
    }

    int size() {
        return seen.size();
    }

    /** Whether the handshake is done; SYN_SENT is a connection that starts here, LISTEN none. */
    private static boolean arrived(TcpState state) {
        return state == TcpState.ESTABLISHED || state == TcpState.CLOSE_WAIT || closedHere(state);
    }

    /** Whether this side has sent its FIN, as only a service does that has taken the connection. */
    private static boolean closedHere(TcpState state) {
        return state == TcpState.FIN_WAIT1
                || state == TcpState.FIN_WAIT2
                || state == TcpState.TIME_WAIT
                || state == TcpState.LAST_ACK
                || state == TcpState.CLOSING;
    }
}
