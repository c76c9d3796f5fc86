// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;

/** Checks a JVM that was started without the agent, from within. */
final class AttachCommand implements Command {
    @Override
    public String usage() {
        return """
                Usage: attach PID [--port N]...

                Checks the JVM with this number from within, as the agent would: its flags as they are, how it looks names
                up, and the sockets that it listens on. It must be a JVM of the same user, in the same container, of a
                runtime that has the module jdk.attach, as has the one that runs this. JDK 21 and later warn on the service's
                standard error that an agent was loaded; -XX:+EnableDynamicAgentLoading there keeps them quiet.

                  --port N  a TCP port that the service offers to others; may be repeated

                Exit code: 0 if all is well, 1 if something was found or could not be told; 2 wrong usage, or no such JVM.
                """;
    }

    @Override
    public int run(List<String> words, PrintStream out, PrintStream err) throws UsageException {
        Arguments arguments = Arguments.parse(words, List.of(), List.of("--port"));
        String pid = pid(arguments.rest());
        StringBuilder ports = new StringBuilder();
        for (int port : arguments.ports()) {
            ports.append(ports.length() == 0 ? "," : "+").append(port);
        }
        try {
            return check(pid, ports.toString(), out);
        } catch (NoClassDefFoundError e) {
            throw new UsageException("This Java runtime lacks the module jdk.attach. Run the command with a JDK, or add"
                    + " jdk.attach to the runtime image.");
        } catch (Exception e) {
            throw new UsageException("The JVM " + pid + " could not be attached to: " + e.getMessage()
                    + " Check that it is a JVM that runs as this user in this container.");
        }
    }

    private static String pid(List<String> rest) throws UsageException {
        if (rest.size() != 1 || rest.get(0).chars().anyMatch(c -> c < '0' || c > '9')) {
            throw new UsageException("attach takes the number of one process. Write for example attach 1.");
        }
        return rest.get(0);
    }

    private static int check(String pid, String ports, PrintStream out)
            throws IOException, URISyntaxException, AttachNotSupportedException, AgentLoadException,
                    AgentInitializationException {
        CodeSource own = AttachCommand.class.getProtectionDomain().getCodeSource();
        if (own == null) {
            throw new IOException("this JVM has v6 on its boot class path. Run attach without JAVA_TOOL_OPTIONS.");
        }
        Path answer = Files.createTempFile("v6-attach", ".txt");
        try {
            VirtualMachine jvm = VirtualMachine.attach(pid);
            try {
                jvm.loadAgent(Path.of(own.getLocation().toURI()).toString(), answer.toAbsolutePath() + ports);
            } finally {
                jvm.detach();
            }
            List<String> lines = Files.readAllLines(answer);
            if (lines.isEmpty()) {
                throw new IOException("it gave no answer.");
            }
            lines.subList(1, lines.size()).forEach(out::println);
            return Integer.parseInt(lines.get(0));
        } finally {
            Files.deleteIfExists(answer);
        }
    }
}
