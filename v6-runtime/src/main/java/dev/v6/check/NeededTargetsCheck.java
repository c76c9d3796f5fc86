// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.AddressText;
import dev.v6.Family;
import dev.v6.Finding;
import dev.v6.FindingCode;
import dev.v6.Outcome;
import dev.v6.Setting;
import dev.v6.Severity;
import dev.v6.net.Target;
import dev.v6.probe.Exchange;
import dev.v6.probe.Probe;
import dev.v6.probe.ProbeResult;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/** Whether the places that the service needs can be connected to over each family that they have. */
final class NeededTargetsCheck implements Check {
    /** A lost SYN is sent again after a second. */
    private static final Duration CONNECT = Duration.ofSeconds(2);
    /** A proxy with nothing behind it closes what it has accepted soon after. */
    private static final Duration EARLY_CLOSE = Duration.ofMillis(200);

    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final int MOST_ADDRESSES = 2;

    @Override
    public FindingCode code() {
        return FindingCode.TARGET_OUT_OF_REACH;
    }

    @Override
    public CheckResult run(Facts facts) {
        List<Target> targets = facts.surroundings().needs().targets();
        if (targets.isEmpty()) {
            return CheckResult.skipped(code(), Setting.CHECK_CONNECT.property() + " names nothing to connect to.");
        }
        Map<String, Lookups.Answer> names =
                Lookups.of(hosts(targets), facts.surroundings().dns());
        List<Callable<Tried>> tries = new ArrayList<>();
        for (Target target : targets) {
            InetAddress literal = target.literal();
            Lookups.Answer answer = literal == null
                    ? names.getOrDefault(target.host(), new Lookups.Answer(List.of(), "not asked"))
                    : new Lookups.Answer(List.of(literal), "");
            tries.add(new Try(target, answer));
        }
        List<Finding> findings = new ArrayList<>();
        List<String> fine = new ArrayList<>();
        List<Optional<Tried>> ended = SideBySide.within(LIMIT, tries);
        for (int i = 0; i < targets.size(); i++) {
            Optional<Tried> tried = ended.get(i);
            String late = targets.get(i) + " was not tried in " + LIMIT.toSeconds() + " s";
            Optional<Finding> finding =
                    tried.isPresent() ? finding(tried.get()) : Optional.of(Finding.of(code(), late));
            if (finding.isPresent()) {
                findings.add(finding.get());
            }
            if (tried.isPresent()) {
                fine.add(tried.get().toString());
            }
        }
        return CheckResult.of(code(), findings, String.join("; ", fine));
    }

    private static List<String> hosts(List<Target> targets) {
        Set<String> hosts = new LinkedHashSet<>();
        for (Target target : targets) {
            if (target.literal() == null) {
                hosts.add(target.host());
            }
        }
        return new ArrayList<>(hosts);
    }

    private Optional<Finding> finding(Tried tried) {
        if (tried.met.isEmpty()) {
            return Optional.of(Finding.of(code(), tried.target + " has no address: " + tried.why)
                    .withSeverity(Severity.ERROR)
                    .withRemedy("Check the name, and ask for it with the command resolve " + tried.target.host()
                            + ", which shows what each server says."));
        }
        int reached = 0;
        for (ProbeResult result : tried.met.values()) {
            reached += Tried.reached(result) ? 1 : 0;
        }
        if (reached == tried.met.size()) {
            return Optional.empty();
        }
        Finding finding = Finding.of(code(), tried.toString());
        return Optional.of(reached == 0 ? finding.withSeverity(Severity.ERROR) : finding);
    }

    private record Try(Target target, Lookups.Answer answer) implements Callable<Tried> {
        @Override
        public Tried call() {
            return Tried.of(target, answer);
        }
    }

    /**
     * What became of one target.
     *
     * @param target which
     * @param why why it has no address, if so
     * @param met by family, that of the first address that could be connected to, else of the last
     */
    private record Tried(Target target, String why, Map<Family, ProbeResult> met) {

        static Tried of(Target target, Lookups.Answer answer) {
            Map<Family, ProbeResult> met = new EnumMap<>(Family.class);
            Map<Family, Integer> count = new EnumMap<>(Family.class);
            for (InetAddress address : answer.addresses()) {
                Family family = Family.of(address);
                ProbeResult before = met.get(family);
                boolean again = before == null || !reached(before);
                int tries = count.getOrDefault(family, 0) + 1;
                if (again && tries <= MOST_ADDRESSES) {
                    count.put(family, tries);
                    InetSocketAddress to = new InetSocketAddress(address, target.port());
                    met.put(family, Probe.brief(to, Exchange.LISTEN, CONNECT, EARLY_CLOSE));
                }
            }
            return new Tried(target, answer.why(), met);
        }

        static boolean reached(ProbeResult result) {
            return result.accepted() && result.outcome() != Outcome.CLOSED_EARLY;
        }

        @Override
        public String toString() {
            List<String> words = new ArrayList<>();
            for (Map.Entry<Family, ProbeResult> one : met.entrySet()) {
                ProbeResult result = one.getValue();
                words.add(one.getKey() + " "
                        + AddressText.of(result.target().getAddress(), target.port()) + " "
                        + (reached(result) ? "can be connected to" : result.detail()));
            }
            return target + ": " + String.join(", ", words);
        }
    }
}
