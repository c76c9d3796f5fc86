// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import dev.v6.AddressText;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says of a lost race what each attempt met, in order, with times; what each threw is suppressed in what is thrown. */
final class ConnectFailure {
    private static final double NANOS_PER_MILLI = 1e6;

    private ConnectFailure() {}

    static IOException of(Target target, ConnectRace<?> race) {
        List<String> parts = new ArrayList<>();
        List<IOException> suppressed = new ArrayList<>();
        for (ConnectRace.Tried one : race.tried()) {
            String address = AddressText.of(one.address());
            String times = " (" + millis(one.started()) + " to " + millis(one.ended()) + " ms)";
            IOException why = one.failure();
            parts.add(address + " " + (why == null ? "no answer" : said(why)) + times);
            suppressed.add(
                    why == null
                            ? new SocketTimeoutException(
                                    address + " did not answer within " + millis(one.ended() - one.started()) + " ms")
                            : why);
        }
        for (IOException why : race.lookupFailures()) {
            parts.add("look-up: " + said(why));
            suppressed.add(why);
        }
        IOException failure = failure(target, race, parts.isEmpty() ? "" : ": " + String.join("; ", parts));
        suppressed.forEach(failure::addSuppressed);
        return failure;
    }

    private static IOException failure(Target target, ConnectRace<?> race, String details) {
        if (race.expired()) {
            String what = race.tried().isEmpty() && details.isEmpty()
                    ? "The look-up of " + target.host() + " gave no answer within "
                    : "No connection to " + target + " within ";
            return new SocketTimeoutException(what + millis(race.timeoutNanos()) + " ms" + details + ". "
                    + (race.tried().isEmpty()
                            ? "Check the DNS servers in /etc/resolv.conf, or allow more time."
                            : "Check for a firewall that drops packets on the way, or allow more time."));
        }
        if (race.tried().isEmpty()) {
            return new UnknownHostException("The name " + target.host() + " has no address" + details
                    + ". Check its spelling and the DNS servers in /etc/resolv.conf.");
        }
        return new ConnectException("No connection to " + target + details
                + ". Check that the service listens there, on both families if the name has both.");
    }

    private static String said(IOException why) {
        @Nullable String message = why.getMessage();
        return message == null || message.isBlank() ? why.getClass().getSimpleName() : message;
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.1f", nanos / NANOS_PER_MILLI);
    }
}
