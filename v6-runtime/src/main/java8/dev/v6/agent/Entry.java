// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import java.lang.instrument.Instrumentation;

/**
 * What the JVM calls first. It is compiled for Java 8, since a JVM that cannot read the agent's class does not start the
 * service: an older one is told of, and runs without v6.
 */
public final class Entry {
    private static final int OLDEST = 17;

    private Entry() {}

    /**
     * Called before the service's main method.
     *
     * @param arguments what follows the equals sign, or null
     * @param jvm what the JVM gives its agents
     */
    public static void premain(String arguments, Instrumentation jvm) {
        if (newEnough(System.getProperty("java.specification.version"))) {
            Agent.premain(arguments, jvm);
        }
    }

    /**
     * Called in a JVM that runs already.
     *
     * @param arguments what the command {@code attach} says
     * @param jvm what the JVM gives its agents
     */
    public static void agentmain(String arguments, Instrumentation jvm) {
        if (newEnough(System.getProperty("java.specification.version"))) {
            Agent.agentmain(arguments, jvm);
        }
    }

    /** Versions are 1.8, 9, 11 and so on. */
    static boolean newEnough(String version) {
        try {
            if (Integer.parseInt(version) >= OLDEST) {
                return true;
            }
        } catch (NumberFormatException e) {
            // 1.8 and before.
        }
        System.err.println("v6: V6-104 JDK too old for v6: this is Java " + version + ", and the agent takes " + OLDEST
                + ". The service runs without it. Use a newer Java, or take the agent out.");
        return false;
    }
}
