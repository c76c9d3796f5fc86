// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.resolve;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** dnsmasq outside, where the resolv.conf of an engine's host points: it can be reached over IPv6 alone. */
public record Upstream(Process process) implements AutoCloseable {
    private static final int BIG = 60;

    /** The address that containers reach over IPv4, through the engine's NAT. */
    public static String ipv4(String engine) {
        return switch (engine) { // as .ci/lab.d/engines.sh gives them
            case "20" -> "198.19.9.2";
            case "26" -> "198.19.137.2";
            case "28" -> "198.19.201.2";
            default -> throw new IllegalArgumentException(engine);
        };
    }

    public static Upstream of(String engine) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "ip",
                "netns",
                "exec",
                "v6lab-out" + engine,
                "/usr/sbin/dnsmasq",
                "--keep-in-foreground",
                "--conf-file=/dev/null",
                "--no-resolv",
                "--no-hosts",
                "--user=root",
                "--pid-file=",
                "--bind-interfaces",
                "--interface=v6lab" + engine + "o",
                "--local=/lab.test/",
                "--host-record=six.lab.test,2001:db8:f::6",
                "--host-record=dual.lab.test,198.19.255.7,2001:db8:f::7",
                "--host-record=four.lab.test,198.19.255.4",
                "--cname=chain.lab.test,middle.lab.test",
                "--cname=middle.lab.test,dual.lab.test"));
        IntStream.range(1, BIG)
                .forEach(i -> command.add("--host-record=big.lab.test,2001:db8:f:b::" + Integer.toHexString(i)));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(new File("/dev/null"))
                .start();
        if (process.waitFor(500, TimeUnit.MILLISECONDS)) {
            throw new IOException("dnsmasq ended with " + process.exitValue() + ": " + String.join(" ", command));
        }
        return new Upstream(process);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
