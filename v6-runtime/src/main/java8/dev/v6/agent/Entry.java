// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import java.lang.instrument.Instrumentation;

/**
 * What the JVM calls first. It is compiled for Java 8, since a JVM that cannot read its agent's class, or is told of a fault by
 * it, does not start the service: an older one says so here, and runs the service without v6.
 */
public final class Entry {
    private Entry() {}

    /**
     * Called before the service's main method.
     *
     * @param arguments what follows the equals sign, or null
     * @param jvm what the JVM gives its agents
     */
    public static void premain(String arguments, Instrumentation jvm) {
        try {
            Agent.premain(arguments, jvm);
        } catch (Throwable e) {
            say(e);
        }
    }

    /**
     * Called in a JVM that runs already.
     *
     * @param arguments what the command {@code attach} says
     * @param jvm what the JVM gives its agents
     */
    public static void agentmain(String arguments, Instrumentation jvm) {
        try {
            Agent.agentmain(arguments, jvm);
        } catch (Throwable e) {
            say(e);
        }
    }

    private static void say(Throwable e) {
        if (e instanceof UnsupportedClassVersionError) {
            System.err.println("v6: V6-104 JDK too old for v6: this Java cannot read the agent, which takes Java 17. The"
                    + " service runs without it. Use a newer Java, or take the agent out.");
        } else {
            System.err.println("v6: The agent could not be started: " + e + ". The service is not affected; please report"
                    + " this.");
        }
    }
}
