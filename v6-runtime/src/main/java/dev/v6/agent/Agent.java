// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import dev.v6.dns.Jvm;
import java.lang.instrument.Instrumentation;
import java.security.CodeSource;
import org.jspecify.annotations.Nullable;

/**
 * The Java agent: {@code java -javaagent:v6-runtime-agent.jar=ports=8080+8443}. Once the service listens it checks, in
 * the service's own JVM and on a thread of its own, what keeps it from being reached over both families, and prints one
 * line or the findings to standard error. It never stops or slows a service; {@code -Dv6.check=off} or the environment
 * variable {@code V6_CHECK=off} switches the check off. Before the service starts, it takes over the JVM's look-ups where
 * {@link Jvm} says so.
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
     * @param jvm what the JVM gives its agents
     */
    public static void premain(@Nullable String arguments, Instrumentation jvm) {
        try {
            AgentArguments parsed = AgentArguments.parse(arguments);
            if (!ownCommand()) {
                Jvm.hook(jvm, parsed.dns());
            }
            if (!off()) {
                complainOfSetting(PROPERTY, System.getProperty(PROPERTY));
                complainOfSetting(VARIABLE, System.getenv(VARIABLE));
                for (String complaint : parsed.complaints()) {
                    say(complaint);
                }
                new SelfCheckThread(parsed.ports(), parsed.bridge()).start();
            }
        } catch (RuntimeException | Error e) {
            say("The agent could not be started: " + e + ". The service is not affected; please report this.");
        }
    }

    /**
     * Whether this JVM runs this jar's program, to which an image's JVM options were given, too. It sets itself what the
     * network classes read, and measures the JDK as it is.
     */
    private static boolean ownCommand() {
        String command = System.getProperty("sun.java.command", "");
        int end = command.indexOf(' ');
        String first = end < 0 ? command : command.substring(0, end);
        CodeSource own = Agent.class.getProtectionDomain().getCodeSource();
        String jar = own == null ? "" : own.getLocation().getPath();
        return first.equals(Main.class.getName())
                || (first.endsWith(".jar") && jar.endsWith('/' + first.substring(first.lastIndexOf('/') + 1)));
    }

    /** Whether the check is switched off. */
    static boolean off() {
        return OFF.equals(System.getProperty(PROPERTY)) || OFF.equals(System.getenv(VARIABLE));
    }

    /** To be called by a program that is started with the agent and is no service. */
    static void switchOff() {
        System.setProperty(PROPERTY, OFF);
        System.setProperty("v6.dns", OFF); // a provider in this jar would answer what is to be asked of the JDK
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
