// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import dev.v6.AddressText;
import dev.v6.Finding;
import dev.v6.FindingCode;
import dev.v6.Protocol;
import dev.v6.Severity;
import dev.v6.net.LoopbackBridge;
import dev.v6.proc.Listener;
import dev.v6.proc.OwnProcess;
import dev.v6.proc.ProcFs;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The agent's {@code bridge=auto}: bridges the ports that are named and that this very process serves on loopback only.
 * Ports that nobody named stay as they are, for a debugger's or a management port is on loopback for good reason.
 */
final class AutoBridge {
    private AutoBridge() {}

    /** What it has mended so. */
    static List<Finding> open(List<Integer> ports, ServiceLog log) {
        List<Finding> repaired = new ArrayList<>();
        List<Listener> own =
                ProcFs.at(Path.of("/proc")).listenersOf(OwnProcess.pid()).rows();
        for (int port : ports) {
            List<Listener> there = new ArrayList<>();
            boolean loopback = true;
            for (Listener listener : own) {
                if (listener.protocol() == Protocol.TCP && listener.local().port() == port) {
                    there.add(listener);
                    loopback &= listener.loopback();
                }
            }
            if (loopback && !there.isEmpty()) {
                open(new InetSocketAddress(there.get(0).local().address(), port), repaired, log);
            }
        }
        return repaired;
    }

    @SuppressWarnings("resource") // it stays open as long as the service does
    private static void open(InetSocketAddress service, List<Finding> repaired, ServiceLog log) {
        String where = AddressText.of(service.getAddress(), service.getPort());
        try {
            LoopbackBridge bridge = LoopbackBridge.to(service).open();
            String done = "the service listens on " + where + " alone; a bridge to it "
                    + BridgeCommand.text(bridge.listensOn());
            log.info("v6: bridge=auto: " + done + ".");
            repaired.add(Finding.of(FindingCode.LOOPBACK_ONLY, done).withSeverity(Severity.REPAIRED));
        } catch (IOException | RuntimeException e) {
            log.warn("v6: bridge=auto: no bridge to " + where + " could be opened: " + e.getMessage());
        }
    }
}
