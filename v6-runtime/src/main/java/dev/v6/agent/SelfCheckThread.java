// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import dev.v6.check.Report;
import dev.v6.check.SelfCheck;
import dev.v6.proc.ProcFs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Waits until the service listens, then checks once. While it waits it touches none of the JDK's network classes: what
 * the service's first lines set for these must still count.
 */
final class SelfCheckThread extends Thread {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Where no port is named: a debugger's socket is there long before the service's. */
    private static final int LOOKS_TO_SETTLE = 8;

    private final List<Integer> ports;
    private final boolean bridge;
    private final Duration patience;

    SelfCheckThread(List<Integer> ports, boolean bridge) {
        this(ports, bridge, PATIENCE);
    }

    SelfCheckThread(List<Integer> ports, boolean bridge, Duration patience) {
        super("v6-self-check");
        setDaemon(true);
        this.ports = List.copyOf(ports);
        this.bridge = bridge;
        this.patience = patience;
    }

    @Override
    public void run() {
        try {
            awaitListeners();
            if (Agent.off()) {
                return; // Main, started with this agent among its JVM's options, is no service
            }
            Report report = SelfCheck.of(ports).run();
            System.err.print(report.fine() ? report.summary() + System.lineSeparator() : report.text());
            if (bridge) {
                AutoBridge.open(ports);
            }
        } catch (InterruptedException e) {
            interrupt(); // whoever did this wants the thread to end
        } catch (RuntimeException | Error e) {
            System.err.println("v6: The self-check broke: " + e + ". The service is not affected; please report this.");
        }
    }

    private void awaitListeners() throws InterruptedException {
        ProcFs proc = ProcFs.at(Path.of("/proc"));
        long pid = ProcessHandle.current().pid();
        long start = System.nanoTime();
        int settled = 0;
        int before = 0;
        while (!Agent.off() && System.nanoTime() - start < patience.toNanos()) {
            int now = ports.isEmpty() ? proc.listenersHeldBy(pid) : listening(proc);
            settled = now > 0 && now == before ? settled + 1 : 0;
            before = now;
            if (ports.isEmpty() ? settled == LOOKS_TO_SETTLE : now == ports.size()) {
                return;
            }
            TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
        }
    }

    private int listening(ProcFs proc) {
        int listening = 0;
        for (int port : ports) {
            listening += proc.listensOn(port) ? 1 : 0;
        }
        return listening;
    }
}
