// SPDX-License-Identifier: Apache-2.0
package dev.v6.probe;

import dev.v6.AddressText;
import dev.v6.Family;
import dev.v6.Outcome;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one probe met.
 *
 * @param target where it went
 * @param outcome how it ended; {@link Outcome#OK} only if a byte came back
 * @param accepted whether the handshake was completed, by whomever: a proxy accepts too
 * @param local the probe's own address and port, null if it never got that far; a witness knows the connection by it
 * @param started when, by the wall clock, which all containers of one kernel share
 * @param took from the start to the outcome
 * @param detail what was seen, in words
 */
public record ProbeResult(
        InetSocketAddress target,
        Outcome outcome,
        boolean accepted,
        @Nullable InetSocketAddress local,
        Instant started,
        Duration took,
        String detail) {

    /**
     * The family that the probe started in.
     *
     * @return the target's family
     */
    public Family family() {
        return Family.of(target.getAddress());
    }

    /**
     * The form that {@code probe --json} prints.
     *
     * @return names and values in the order to print them
     */
    public Map<String, @Nullable Object> toJson() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("address", AddressText.of(target.getAddress()));
        json.put("port", target.getPort());
        json.put("family", family().toString());
        json.put("outcome", outcome.word());
        json.put("accepted", accepted);
        json.put("local", local == null ? null : AddressText.of(local.getAddress()));
        json.put("localPort", local == null ? null : local.getPort());
        json.put("at", started.toEpochMilli());
        json.put("millis", took.toMillis());
        json.put("detail", detail);
        return json;
    }
}
