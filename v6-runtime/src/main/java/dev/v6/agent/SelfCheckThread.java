// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import dev.v6.Finding;
import java.lang.instrument.Instrumentation;
import java.util.List;

/** The one thread of the agent's, small, since the service's main thread loads it. */
final class SelfCheckThread extends Thread {
    /** What a service loads first it waits for; reading what the agent is told need not be in its way. */
    private static final long BEFORE_FIRST_LOOK = 250;

    private final String arguments;
    private final boolean atOnce;
    private final List<Finding> repaired;
    private final Instrumentation jvm;

    /**
     * A daemon, to be started.
     *
     * @param arguments the agent's
     * @param atOnce whether a service that is unfit is to end before it takes traffic
     * @param repaired what is mended already
     * @param jvm what the JVM gives its agents
     */
    SelfCheckThread(String arguments, boolean atOnce, List<Finding> repaired, Instrumentation jvm) {
        super("v6-self-check");
        setDaemon(true);
        setContextClassLoader(SelfCheckThread.class.getClassLoader()); // none of the service's is kept alive
        this.arguments = arguments;
        this.atOnce = atOnce;
        this.repaired = repaired;
        this.jvm = jvm;
    }

    @Override
    public void run() {
        try {
            if (!atOnce) {
                sleep(BEFORE_FIRST_LOOK);
            }
            new ServiceCheck(AgentArguments.parse(arguments), repaired, new ServiceLog(jvm)).run();
        } catch (InterruptedException e) {
            interrupt(); // whoever did this wants the thread to end
        } catch (RuntimeException | Error e) {
            new ServiceLog(jvm)
                    .warn("v6: The self-check broke: " + e + ". The service is not affected; please report this.");
        }
    }
}
