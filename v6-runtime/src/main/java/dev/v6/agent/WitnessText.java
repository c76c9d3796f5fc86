// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import dev.v6.Family;
import dev.v6.probe.ProbeResult;
import dev.v6.proc.Listener;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Lines for people. */
final class WitnessText implements WitnessOutput {
    private final PrintStream out;

    WitnessText(PrintStream out) {
        this.out = out;
    }

    @Override
    public synchronized void facts(NamespaceFacts facts) {
        for (NamespaceFacts.Address address : facts.addresses()) {
            out.println("address   " + address.address() + "/" + address.prefixLength() + " on "
                    + address.interfaceName() + (address.tentative() ? "  (tentative)" : ""));
        }
        out.println("IPv6      " + (facts.ipv6Disabled() ? "disabled" : "on") + ", ::1 "
                + (facts.loopbackIpv6() ? "there" : "missing") + ", default route "
                + (facts.defaultRoute6() ? "there" : "missing"));
        if (!facts.localhost().isEmpty()) {
            out.println("localhost " + String.join(", ", facts.localhost()));
        }
        for (String problem : facts.problems()) {
            out.println("problem   " + problem);
        }
        out.flush();
    }

    @Override
    public synchronized void listeners(List<Listener> listeners) {
        if (listeners.isEmpty()) {
            out.println("listener  none");
        }
        for (Listener listener : listeners) {
            out.println("listener  " + of(listener));
        }
        out.flush();
    }

    @Override
    public synchronized void arrival(Arrival arrival) {
        out.println(
                "arrival   " + arrival.family() + " from " + arrival.socket().remote() + " to "
                        + arrival.socket().local()
                        + (arrival.accepted() ? "  accepted" : "  not accepted yet, in the listen backlog"));
        out.flush();
    }

    @Override
    public synchronized void probe(ProbeResult result) {
        out.println("probe     " + ProbePrinter.text(result));
        out.flush();
    }

    @Override
    public synchronized boolean broken() {
        return out.checkError();
    }

    /** For example {@code tcp6 [::]:8080  IPv4 and IPv6}. */
    static String of(Listener listener) {
        List<String> families = new ArrayList<>();
        for (Family family : listener.families()) {
            families.add(family.toString());
        }
        return listener + "  " + String.join(" and ", families);
    }
}
