// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import dev.v6.Family;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Asks the embedded DNS and the upstreams the same, to see whether the one fails for IPv6 addresses that there are. In
 * ordinary look-ups that shows by chance only, as nobody else is asked once there is an answer.
 */
final class FamilyTrial {
    private final Roster roster;
    private final List<CompletableFuture<Void>> names = new ArrayList<>();

    private FamilyTrial(Roster roster) {
        this.roster = roster;
    }

    /** Asks, and waits until each server has answered or had its time; what is found is the roster's to tell. */
    static void run(List<String> hosts, Started started) {
        if (hosts.isEmpty()) {
            return;
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        started.wire().run(() -> {
            var unused = of(hosts, started.roster()).whenComplete((all, failure) -> done.complete(null));
        });
        try {
            Waiting.on(done, Peer.SILENT.multipliedBy(2).toNanos(), false);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            // Who has not answered by now says nothing.
        }
    }

    private static CompletableFuture<Void> of(List<String> hosts, Roster roster) {
        FamilyTrial trial = new FamilyTrial(roster);
        for (String host : hosts) {
            try {
                trial.ask(DnsName.normal(host));
            } catch (UnknownHostException e) {
                // Nobody could be asked for it.
            }
        }
        return CompletableFuture.allOf(trial.names.toArray(CompletableFuture[]::new));
    }

    private void ask(String name) {
        String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        for (Peer embedded : roster.embeddedPeers()) {
            CompletableFuture<Reply> ipv4 = ask(embedded, bare, Family.IPV4);
            CompletableFuture<Reply> ipv6 = ask(embedded, bare, Family.IPV6);
            List<CompletableFuture<Reply>> upstreams = new ArrayList<>();
            for (Peer peer : roster.upstreamPeers()) {
                upstreams.add(ask(peer, bare, Family.IPV6));
            }
            List<CompletableFuture<Reply>> all = new ArrayList<>(upstreams);
            all.addAll(List.of(ipv4, ipv6));
            names.add(CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                    .thenRun(() -> judge(bare, ipv4.join(), ipv6.join(), upstreams)));
        }
    }

    private static CompletableFuture<Reply> ask(Peer peer, String name, Family family) {
        CompletableFuture<Reply> replied = new CompletableFuture<>();
        peer.ask(new Question(name, family, false, true), replied::complete);
        return replied;
    }

    private void judge(String name, Reply ipv4, Reply ipv6, List<CompletableFuture<Reply>> upstreams) {
        if (has(ipv6)) {
            return;
        }
        for (CompletableFuture<Reply> upstream : upstreams) {
            if (has(upstream.join())) {
                roster.embeddedFailed(name + " (it " + ipv6.kind() + "), which "
                        + upstream.join().server() + " gave");
                return;
            }
        }
        if (!ipv6.kind().settles() && ipv4.kind().settles()) {
            roster.embeddedFailed(name + " (it " + ipv6.kind() + "), though it knows of the A");
        }
    }

    private static boolean has(Reply reply) {
        return reply.answer() || reply.kind() == Reply.Kind.ALIAS || reply.kind() == Reply.Kind.TRUNCATED;
    }
}
