// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.Family;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Looks names up, and does not wait for ever. */
final class Lookups {
    /** What one who waits for a page has patience for; the JDK itself would try for twice as long. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Lookups() {}

    /**
     * What became of a name.
     *
     * @param addresses in their order, none if there are none
     * @param why why there are none; empty if there are
     */
    record Answer(List<InetAddress> addresses, String why) {
        boolean has(Family family) {
            for (InetAddress address : addresses) {
                if (Family.of(address) == family) {
                    return true;
                }
            }
            return false;
        }
    }

    static Map<String, Answer> of(List<String> names, Dns dns) {
        List<Callable<Answer>> looks = new ArrayList<>();
        for (String name : names) {
            looks.add(new Look(name, dns));
        }
        List<Optional<Answer>> answers = SideBySide.within(PATIENCE, looks);
        Map<String, Answer> all = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            Answer late = new Answer(List.of(), "no answer in " + PATIENCE.toSeconds() + " s");
            all.put(names.get(i), answers.get(i).orElse(late));
        }
        return all;
    }

    private record Look(String name, Dns dns) implements Callable<Answer> {
        @Override
        public Answer call() {
            try {
                return new Answer(List.of(dns.addresses(name)), "");
            } catch (UnknownHostException e) {
                return new Answer(List.of(), String.valueOf(e.getMessage()));
            } catch (RuntimeException e) {
                return new Answer(
                        List.of(), "the look-up broke: " + e); // a security manager's no, or another resolver's fault
            }
        }
    }
}
