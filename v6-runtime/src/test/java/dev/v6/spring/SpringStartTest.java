// SPDX-License-Identifier: Apache-2.0
package dev.v6.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.ChildJvm;
import dev.v6.lab.NetNamespace;
import dev.v6.lab.RequiresNamespaces;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The start of a whole JVM, as its user sees it: what it logs, and how it ends. */
@Tag("spring-boot")
@Timeout(120)
class SpringStartTest {
    private static final Pattern LEFT_OUT = Pattern.compile(
            "/(spring-boot-(actuator|health|micrometer)|micrometer-core|logback|slf4j|log4j|jul-to-slf4j)");
    private static final String RESOLV_CONF = "nameserver 198.18.0.1\n";

    @Test
    void failEndsTheJvmWith78AndSpringsOwnWords() throws Exception {
        Process process = application(List.of(), "v6.check=fail", "server.address=127.0.0.1", "server.port=0")
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(said)
                .contains("APPLICATION FAILED TO START")
                .contains("V6-401 listens on loopback only\n    seen:  tcp6 [::ffff:127.0.0.1]:")
                .contains("V6-401: Remove server.address=127.0.0.1")
                .doesNotContain("\tat ");
        assertThat(process.exitValue()).isEqualTo(78);
    }

    @Test
    @RequiresNamespaces
    void whereAllIsWellOneLineSaysSo() throws Exception {
        try (NetNamespace here = NetNamespace.create();
                NetNamespace other = NetNamespace.create()) {
            connect(here, other);

            for (String mode : List.of("warn", "fail")) {
                Process process = application(here.inside(List.of()), "v6.check=" + mode, "server.port=8080")
                        .start();
                try {
                    assertThat(line(process, "v6: "))
                            .as(mode)
                            .contains(" INFO ")
                            .matches(".* : v6: READY  8080/tcp IPv4 IPv6 native  (dns .+  )?0 findings  [0-9]+ ms");
                } finally {
                    process.destroyForcibly();
                    process.waitFor();
                }
            }
        }
    }

    @Test
    void withNoActuatorNoMicrometerAndNoSlf4jItStillRuns() throws Exception {
        ProcessBuilder builder = application(List.of(), "server.address=127.0.0.1", "server.port=0");
        List<String> command = builder.command();
        int classPath = command.indexOf("-cp") + 1;
        command.set(classPath, without(command.get(classPath), LEFT_OUT));
        Process process = builder.redirectErrorStream(true).start();
        try {
            assertThat(line(process, "v6: ")).contains("v6: NOT READY ", "V6-401 listens on loopback only");
        } finally {
            process.destroyForcibly();
        }
    }

    private static String without(String classPath, Pattern leftOut) {
        return Arrays.stream(classPath.split(File.pathSeparator))
                .filter(jar -> !leftOut.matcher(jar).find())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static void connect(NetNamespace here, NetNamespace other) throws IOException, InterruptedException {
        here.wire(
                "eth0",
                List.of("198.18.0.2/24", "2001:db8::2/64"),
                other,
                "eth0",
                List.of("198.18.0.1/24", "2001:db8::1/64"));
        here.ip("route", "add", "default", "via", "198.18.0.1");
        here.ip("-6", "route", "add", "default", "via", "2001:db8::1");
        here.resolvConf(RESOLV_CONF);
    }

    private static ProcessBuilder application(List<String> prefix, String... properties) {
        List<String> arguments =
                new ArrayList<>(List.of(Started.Application.class.getName(), "--spring.main.banner-mode=off"));
        for (String property : properties) {
            arguments.add("--" + property);
        }
        ProcessBuilder builder = ChildJvm.builder(arguments.toArray(String[]::new));
        List<String> command = new ArrayList<>(prefix);
        command.addAll(builder.command());
        return builder.command(command);
    }

    private static String line(Process process, String word) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String line = process.inputReader().readLine();
                line != null;
                line = process.inputReader().readLine()) {
            if (line.contains(word)) {
                return line;
            }
            all.append(line).append('\n');
        }
        throw new IOException("the application ended without " + word + ":\n" + all);
    }
}
