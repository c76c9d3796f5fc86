// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import dev.v6.Finding;
import dev.v6.Setting;
import dev.v6.check.CheckMode;
import dev.v6.check.Repairs;
import dev.v6.check.Report;
import dev.v6.check.SelfCheck;
import dev.v6.dns.DnsWish;
import dev.v6.dns.Jvm;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Java agent: {@code java -javaagent:v6-runtime-agent.jar=check=warn,ports=8080+8443,bridge=auto,dns=auto}. Once the
 * service listens it checks, in the service's own JVM and on a thread of its own, what keeps it from being reached over both
 * families, and logs one line or the findings. It never stops or slows a service, unless {@code check=fail} says that a
 * service which one family cannot reach is to end with exit code 78. Before the service starts it takes over the JVM's
 * look-ups where {@link Jvm} says so, and with {@code fix=true} mends what is safe to mend. {@link Setting} has all of it.
 */
public final class Agent {
    /** EX_CONFIG of sysexits.h: something was found in a state that the configuration is to be mended for. */
    static final int UNFIT = 78;

    private static final String OFF = "off";

    /** Tells Spring's part that what it would log at the start is logged already. */
    private static final String BY = "v6.check.by";

    /** A class literal would load it. */
    private static final String MAIN = "dev.v6.agent.Main";

    private Agent() {}

    /**
     * What the JVM calls before the service's main method.
     *
     * @param arguments what follows the equals sign, or null
     * @param jvm what the JVM gives its agents
     */
    public static void premain(@Nullable String arguments, Instrumentation jvm) {
        try {
            if (!ownCommand()) {
                begin(arguments == null ? "" : arguments, jvm);
            }
        } catch (RuntimeException | Error e) {
            say("The agent could not be started: " + e + ". The service is not affected; please report this.");
        }
    }

    /**
     * The service's main thread waits for this, and each class that is loaded here takes it half a millisecond: what need not
     * be done before main is done by {@link SelfCheckThread}, the reading of most of the arguments, too.
     */
    private static void begin(String arguments, Instrumentation jvm) {
        List<Finding> repaired = new ArrayList<>();
        boolean fix = value(Setting.FIX, arguments).equals("true");
        if (fix) {
            repaired.addAll(Repairs.beforeMain(loaded(jvm, "java.net.InetAddress")));
        }
        String dns = argument(Setting.DNS, arguments);
        String complaint = DnsWish.complaint(dns);
        if (complaint != null) {
            say(complaint);
        }
        boolean wanted = DnsWish.wanted(dns);
        if ((fix || wanted) && Jvm.hook(jvm, dns, wanted, fix)) {
            repaired.add(Repairs.ordered());
        }
        String check = value(Setting.CHECK, arguments);
        boolean atOnce = false;
        if (!check.isEmpty()) {
            CheckMode mode = CheckMode.of(check, new ArrayList<>());
            if (mode == CheckMode.OFF) {
                return;
            }
            atOnce = mode == CheckMode.FAIL;
        }
        System.setProperty(BY, "agent");
        if (atOnce) {
            endIfUnfit(SelfCheck.beforeListening().after(repaired).run());
        }
        new SelfCheckThread(arguments, atOnce, repaired, jvm).start();
    }

    private static String value(Setting setting, String arguments) {
        String set = setting.value();
        String argument = set.isEmpty() ? argument(setting, arguments) : null;
        return argument == null ? set : argument;
    }

    /** What the last argument of this name says, as {@link AgentArguments} reads it; null if there is none. */
    private static @Nullable String argument(Setting setting, String arguments) {
        String start = setting.argument() + '=';
        String found = null;
        for (int from = 0; from < arguments.length(); ) {
            int comma = arguments.indexOf(',', from);
            int end = comma < 0 ? arguments.length() : comma;
            String word = arguments.substring(from, end).strip();
            if (word.startsWith(start)) {
                found = word.substring(start.length());
            }
            from = end + 1;
        }
        return found;
    }

    /** In the agent's own words, as logging is the service's to set up, and that has not begun. */
    private static void endIfUnfit(Report report) {
        if (report.failed()) {
            ServiceLog.stderr(report.text() + "v6: v6.check=fail ends this JVM with exit code " + UNFIT + ".");
            System.exit(UNFIT);
        }
    }

    /**
     * What the JVM calls when the command {@code attach} has found it: checks at once, and writes what it found where the
     * command reads it.
     *
     * @param arguments a file, and the ports apart by plus signs behind a comma
     * @param jvm what the JVM gives its agents
     */
    public static void agentmain(@Nullable String arguments, Instrumentation jvm) {
        try {
            List<String> words = AgentArguments.split(arguments == null ? "" : arguments, ',');
            List<Integer> ports = new ArrayList<>();
            for (String port : words.size() > 1 ? AgentArguments.split(words.get(1), '+') : List.<String>of()) {
                ports.add(Integer.parseInt(port));
            }
            Report report = SelfCheck.of(ports).run();
            if (words.isEmpty()) {
                new ServiceLog(jvm).info(report.text());
            } else {
                ReportFile.write(Path.of(words.get(0)), (report.fine() ? "0\n" : "1\n") + report.text());
            }
        } catch (Exception | Error e) {
            say("The check could not be made: " + e + ". The service is not affected; please report this.");
        }
    }

    /** Of those the JVM has loaded; what asks for it by name would load it. */
    private static boolean loaded(Instrumentation jvm, String name) {
        for (Class<?> one : jvm.getAllLoadedClasses()) {
            if (one.getName().equals(name)) {
                return true;
            }
        }
        return false;
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
        return first.equals(MAIN)
                || (first.endsWith(".jar") && jar.endsWith('/' + first.substring(first.lastIndexOf('/') + 1)));
    }

    /** To be called by a program that is started with the agent's jar and is no service. */
    static void switchOff() {
        // A provider in this jar would answer what is to be asked of the JDK.
        System.setProperty(Setting.DNS.property(), OFF);
    }

    private static void say(String sentence) {
        ServiceLog.stderr(sentence);
    }
}
