// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.Family;
import dev.v6.Protocol;
import dev.v6.proc.Endpoint;
import dev.v6.proc.SocketEntry;
import dev.v6.proc.TcpState;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArrivalLogTest {
    private static final long NOW = 1_795_455_929_554L;

    private final ArrivalLog log = new ArrivalLog();

    @Test
    void connectionIsToldOnce() throws UnknownHostException {
        Arrival arrival = read(connection("2001:db8::1", 40000, TcpState.ESTABLISHED, 17));

        assertThat(arrival).isNotNull();
        assertThat(arrival.accepted()).isTrue();
        assertThat(arrival.toJson().toString())
                .isEqualTo("{event=arrival, port=8080, family=IPv6, peer=2001:db8::1, peerPort=40000,"
                        + " local=2001:db8::2, accepted=true, at=1795455929554}");
        assertThat(read(connection("2001:db8::1", 40000, TcpState.ESTABLISHED, 17)))
                .isNull();
        assertThat(read(connection("2001:db8::1", 40000, TcpState.TIME_WAIT, 0)))
                .isNull();
        assertThat(read(connection("2001:db8::1", 40001, TcpState.ESTABLISHED, 18)))
                .isNotNull();
    }

    @Test
    void connectionInTheBacklogIsToldAgainWhenItIsAccepted() throws UnknownHostException {
        Arrival waiting = read(connection("2001:db8::1", 40000, TcpState.ESTABLISHED, 0));
        Arrival still = read(connection("2001:db8::1", 40000, TcpState.CLOSE_WAIT, 0));
        Arrival taken = read(connection("2001:db8::1", 40000, TcpState.CLOSE_WAIT, 17));

        assertThat(waiting).isNotNull();
        assertThat(waiting.accepted()).isFalse();
        assertThat(still).isNull();
        assertThat(taken).isNotNull();
        assertThat(taken.accepted()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = TcpState.class,
            names = {"FIN_WAIT1", "FIN_WAIT2", "TIME_WAIT", "LAST_ACK", "CLOSING"})
    void whatTheServiceClosedItHadAccepted(TcpState state) throws UnknownHostException {
        Arrival arrival = read(connection("2001:db8::1", 40000, state, 0));

        assertThat(arrival).isNotNull();
        assertThat(arrival.accepted()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = TcpState.class,
            names = {"SYN_SENT", "SYN_RECV", "NEW_SYN_RECV", "CLOSE", "LISTEN"})
    void halfAConnectionIsNone(TcpState state) throws UnknownHostException {
        assertThat(read(connection("2001:db8::1", 40000, state, 17))).isNull();
        assertThat(log.size()).isZero();
    }

    @Test
    void mappedPeerIsIpv4() throws UnknownHostException {
        Arrival arrival = read(connection("192.0.2.1", 40000, TcpState.ESTABLISHED, 17));

        assertThat(arrival).isNotNull();
        assertThat(arrival.family()).isEqualTo(Family.IPV4);
    }

    @Test
    void rowThatTheKernelSkippedOnceIsNotNews() throws UnknownHostException {
        read(connection("2001:db8::1", 40000, TcpState.ESTABLISHED, 17));
        readNothing(1);

        assertThat(read(connection("2001:db8::1", 40000, TcpState.ESTABLISHED, 17)))
                .isNull();
    }

    @Test
    void whatIsGoneIsForgotten() throws UnknownHostException {
        for (int port = 1; port <= 60_000; port++) {
            read(connection("2001:db8::1", port, TcpState.ESTABLISHED, port));
            assertThat(log.size()).isLessThanOrEqualTo(4);
        }
        readNothing(4);

        assertThat(log.size()).isZero();
        assertThat(read(connection("2001:db8::1", 1, TcpState.ESTABLISHED, 17)))
                .as("the port used again")
                .isNotNull();
    }

    private Arrival read(SocketEntry socket) {
        log.nextReading();
        Arrival arrival = log.row(socket, NOW);
        log.forgetWhatIsGone();
        return arrival;
    }

    private void readNothing(int times) {
        for (int i = 0; i < times; i++) {
            log.nextReading();
            log.forgetWhatIsGone();
        }
    }

    private static SocketEntry connection(String peer, int port, TcpState state, long inode)
            throws UnknownHostException {
        return new SocketEntry(
                Protocol.TCP,
                Family.IPV6,
                new Endpoint(InetAddress.getByName("2001:db8::2"), false, 8080),
                new Endpoint(InetAddress.getByName(peer), peer.indexOf('.') > 0, port),
                state,
                0,
                inode);
    }
}
