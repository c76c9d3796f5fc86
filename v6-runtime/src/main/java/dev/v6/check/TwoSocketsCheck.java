// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.Family;
import dev.v6.Finding;
import dev.v6.FindingCode;
import dev.v6.Outcome;
import dev.v6.probe.Exchange;
import dev.v6.probe.Probe;
import dev.v6.probe.ProbeResult;
import dev.v6.proc.Listener;
import dev.v6.proc.SocketHolders.Holder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Two sockets, one a family, on one port. Many servers open them so, and rightly; but if they are of two processes, or one
 * answers otherwise than the other, clients meet another service by the family that they happen to take.
 */
final class TwoSocketsCheck implements ListenerCheck {
    private static final Duration CONNECT = Duration.ofMillis(150);
    private static final Duration BANNER = Duration.ofMillis(150);
    private static final Duration ANSWER = Duration.ofSeconds(1);

    @Override
    public FindingCode code() {
        return FindingCode.TWO_SOCKETS;
    }

    @Override
    public Optional<Finding> look(PortView port, Facts facts) {
        Listener ipv4 = socket(port, Family.IPV4);
        Listener ipv6 = socket(port, Family.IPV6);
        if (ipv4 == null || ipv6 == null) {
            return Optional.empty();
        }
        Answers answers = Answers.of(ipv4, ipv6);
        Holder first = facts.holder(ipv4);
        Holder second = facts.holder(ipv6);
        boolean shown = first != null && second != null;
        if (answers.alike() && (!shown || Objects.equals(first, second))) {
            return Optional.empty();
        }
        Finding finding = Finding.of(code(), facts.evidence(port) + "; " + answers);
        return Optional.of(
                first == null || second == null || first.equals(second)
                        ? finding
                        : finding.withRemedy(remedy(first, second)));
    }

    private static String remedy(Holder ipv4, Holder ipv6) {
        return "Have one of the two serve another port: " + ipv4 + ", serves IPv4 and " + ipv6
                + ", serves IPv6. The service is meant to open one socket on ::, which serves both.";
    }

    /** The first socket that takes this family and not the other; a {@code ::} beside an IPv4 socket takes IPv6 alone. */
    private static @Nullable Listener socket(PortView port, Family family) {
        for (Listener listener : port.listeners()) {
            if (Family.of(listener.local().address()) == family) {
                return listener;
            }
        }
        return null;
    }

    /**
     * What each says: by itself, or, if both are silent, to a GET.
     *
     * @param ipv4 what came over IPv4
     * @param ipv6 what came over IPv6
     */
    private record Answers(ProbeResult ipv4, ProbeResult ipv6) {

        static Answers of(Listener ipv4, Listener ipv6) {
            Answers banners = new Answers(
                    ask(ipv4, Family.IPV4, Exchange.LISTEN, BANNER), ask(ipv6, Family.IPV6, Exchange.LISTEN, BANNER));
            boolean silent = banners.ipv4.outcome() == Outcome.TIMEOUT && banners.ipv6.outcome() == Outcome.TIMEOUT;
            return silent
                    ? new Answers(
                            ask(ipv4, Family.IPV4, Exchange.HTTP, ANSWER),
                            ask(ipv6, Family.IPV6, Exchange.HTTP, ANSWER))
                    : banners;
        }

        private static ProbeResult ask(Listener listener, Family family, Exchange exchange, Duration patience) {
            InetAddress address =
                    listener.wildcard() ? family.loopback() : listener.local().address();
            return Probe.brief(new InetSocketAddress(address, listener.local().port()), exchange, CONNECT, patience);
        }

        /** By how they end: what is in a banner may differ from one second to the next. */
        boolean alike() {
            return ipv4.outcome() == ipv6.outcome();
        }

        @Override
        public String toString() {
            return ipv4.detail().equals(ipv6.detail())
                    ? "each " + ipv4.detail()
                    : "IPv4 " + ipv4.detail() + ", IPv6 " + ipv6.detail();
        }
    }
}
