// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import dev.v6.Finding;
import dev.v6.Setting;
import dev.v6.check.CheckMode;
import dev.v6.check.Report;
import dev.v6.check.SelfCheck;
import dev.v6.proc.HeldListeners;
import dev.v6.proc.OwnProcess;
import dev.v6.proc.ProcFs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Waits until the service listens, then checks once, or from time to time, as it is told. While it waits it touches none of
 * the JDK's network classes: what the service's first lines set for these must still count.
 */
final class ServiceCheck {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    /** Where a service that is unfit is to end before it takes traffic. */
    private static final Duration BETWEEN_HASTY_LOOKS = Duration.ofMillis(20);

    /** Where no port is named: a debugger's socket is there long before the service's. */
    private static final Duration TO_SETTLE = Duration.ofSeconds(2);

    private final AgentArguments arguments;
    private final List<Finding> repaired;
    private final ServiceLog log;

    ServiceCheck(AgentArguments arguments, List<Finding> repaired, ServiceLog log) {
        this.arguments = arguments;
        this.repaired = new ArrayList<>(repaired);
        this.log = log;
    }

    /** Until all that is wanted is done; that may be never. */
    void run() throws InterruptedException {
        complain(arguments.complaints());
        complain(Setting.complaints(System.getProperties(), System.getenv()));
        awaitListeners();
        log.look();
        if (arguments.bridge()) {
            repaired.addAll(AutoBridge.open(arguments.ports(), log));
        }
        SelfCheck check = SelfCheck.of(arguments.ports()).after(repaired);
        Report report = confirmed(check);
        if (ending()) {
            return; // what a service closes at its end it no longer listens on
        }
        tell(report);
        if (arguments.mode() == CheckMode.FAIL && report.failed()) {
            end();
        }
        keepLooking(check, report);
    }

    /** In the agent's own words: logging is the service's to set up, and that has hardly begun. */
    private static void complain(List<String> complaints) {
        for (String complaint : complaints) {
            ServiceLog.stderr(complaint);
        }
    }

    /** A fault counts if it is there twice: a service may open its sockets one after the other. */
    private static Report confirmed(SelfCheck check) throws InterruptedException {
        Report first = check.run();
        if (!first.failed()) {
            return first;
        }
        TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
        return check.run();
    }

    private static boolean ending() {
        Thread never = new Thread("v6-self-check-never");
        try {
            Runtime.getRuntime().addShutdownHook(never);
            return !Runtime.getRuntime().removeShutdownHook(never);
        } catch (IllegalStateException e) {
            return true;
        }
    }

    private void tell(Report report) {
        if (report.fine()) {
            log.info(report.summary());
        } else {
            log.warn(report.text().stripTrailing());
        }
    }

    private void end() {
        log.warn("v6: v6.check=fail ends this JVM with exit code " + Agent.UNFIT + ".");
        Thread last = new Thread(ServiceCheck::endAnyway, "v6-self-check-end");
        last.setDaemon(true);
        last.start();
        System.exit(Agent.UNFIT);
    }

    /** What the service does at its end may wait for what never comes. */
    private static void endAnyway() {
        try {
            TimeUnit.SECONDS.sleep(10);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(Agent.UNFIT);
    }

    /** Reports where that is wanted, and again whenever somebody asks or the time has come. */
    private void keepLooking(SelfCheck check, Report first) throws InterruptedException {
        try (ReportOutlet outlet = outlet()) {
            put(first, outlet);
            Report before = first;
            while (outlet.await(arguments.every())) {
                Report now = check.run();
                put(now, outlet);
                if (!now.findings().equals(before.findings())) {
                    tell(now);
                }
                before = now;
            }
        } catch (IOException e) {
            complain(e);
        }
    }

    private ReportOutlet outlet() {
        try {
            return ReportOutlet.open(arguments.report());
        } catch (IOException | RuntimeException e) {
            complain(e);
            return ReportOutlet.nowhere();
        }
    }

    private void put(Report report, ReportOutlet outlet) {
        try {
            outlet.put(report.json());
        } catch (IOException | RuntimeException e) {
            complain(e);
        }
    }

    private void complain(Exception e) {
        log.warn("v6: The report cannot be put where v6.check.report says, " + arguments.report() + ": " + e
                + ". Name a file, or unix: and the path of a socket, in a directory that this process may write to.");
    }

    private void awaitListeners() throws InterruptedException {
        ProcFs proc = ProcFs.at(Path.of("/proc"));
        HeldListeners held = proc.heldListeners(OwnProcess.pid());
        Duration pause = arguments.mode() == CheckMode.FAIL ? BETWEEN_HASTY_LOOKS : BETWEEN_LOOKS;
        long end = System.nanoTime() + arguments.patience().toNanos();
        if (arguments.ports().isEmpty()) {
            awaitSettled(held, pause, end);
        } else {
            awaitNamed(proc, held, pause, end);
        }
    }

    private static void awaitSettled(HeldListeners held, Duration pause, long end) throws InterruptedException {
        long looks = TO_SETTLE.toMillis() / pause.toMillis();
        int settled = 0;
        for (int before = 0; settled < looks && System.nanoTime() - end < 0; ) {
            int now = held.count();
            settled = now > 0 && now == before ? settled + 1 : 0;
            before = now;
            if (settled < looks) {
                TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            }
        }
    }

    /** Whoever it is that listens; but hasty looks are spent on this process alone. */
    private void awaitNamed(ProcFs proc, HeldListeners held, Duration pause, long end) throws InterruptedException {
        long read = System.nanoTime() - BETWEEN_LOOKS.toNanos();
        while (System.nanoTime() - end < 0) {
            if (held.changed() || System.nanoTime() - read >= BETWEEN_LOOKS.toNanos()) {
                if (proc.listeningPorts().containsAll(arguments.ports())) {
                    return;
                }
                read = System.nanoTime();
            }
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
        }
    }
}
