// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import dev.v6.probe.ProbeResult;
import dev.v6.proc.Listener;
import java.util.List;

/** Where a witness reports to; several threads may at once. Each report is out when the call returns. */
interface WitnessOutput {
    void facts(NamespaceFacts facts);

    void listeners(List<Listener> listeners);

    void arrival(Arrival arrival);

    void probe(ProbeResult result);

    /** Whether nobody reads any more. */
    boolean broken();
}
