// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import org.jspecify.annotations.Nullable;

/**
 * The Java agent: {@code java -javaagent:v6-runtime-agent.jar=ports=8080+8443}. Once the service listens it checks, in
 * the service's own JVM and on a thread of its own, what keeps it from being reached over both families, and prints one
 * line or the findings to standard error. It never stops or slows a service; {@code -Dv6.check=off} or the environment
 * variable {@code V6_CHECK=off} switches it off.
 */
public final class Agent {
    private static final String PROPERTY = "v6.check";
    private static final String VARIABLE = "V6_CHECK";
    private static final String OFF = "off";

    private Agent() {}

    /**
     * What the JVM calls before the service's main method.
     *
     * @param arguments what follows the equals sign, or null
     */
    public static void premain(@Nullable String arguments) {
        try {
            if (off()) {
                return;
            }
            complainOfSetting(PROPERTY, System.getProperty(PROPERTY));
            complainOfSetting(VARIABLE, System.getenv(VARIABLE));
            AgentArguments parsed = AgentArguments.parse(arguments);
            for (String complaint : parsed.complaints()) {
                say(complaint);
            }
            new SelfCheckThread(parsed.ports(), parsed.bridge()).start();
        } catch (RuntimeException | Error e) {
            say("The self-check could not be started: " + e + ". The service is not affected; please report this.");
        }
    }

    /** Whether the check is switched off. */
    static boolean off() {
        return OFF.equals(System.getProperty(PROPERTY)) || OFF.equals(System.getenv(VARIABLE));
    }

    /** To be called by a program that is started with the agent and is no service. */
    static void switchOff() {
        System.setProperty(PROPERTY, OFF);
    }

    private static void complainOfSetting(String name, @Nullable String value) {
        if (value != null && !value.equals("on")) {
            say(name + " is '" + value
                    + "', which is not known. Set it to off to switch the check off, or leave it out.");
        }
    }

    private static void say(String sentence) {
        System.err.println("v6: " + sentence);
    }
}
