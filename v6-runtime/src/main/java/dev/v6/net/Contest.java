// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import java.io.IOException;

/** A race for a target, and what is made of its end. */
record Contest<C>(Target target, ConnectRace<C> race, HostView host, LastWorked lastWorked) {

    /** The connection that won; throws if there is none. */
    C result() throws IOException {
        ConnectRace.Winner<C> winner = race.winner();
        if (winner == null) {
            throw ConnectFailure.of(target, race);
        }
        if (race.hadChoice()) {
            lastWorked.won(target, host, winner.address());
        }
        return winner.connection();
    }
}
