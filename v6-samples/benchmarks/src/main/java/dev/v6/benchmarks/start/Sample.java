// SPDX-License-Identifier: Apache-2.0
package dev.v6.benchmarks.start;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One start of a service.
 *
 * @param main when its main method began, ms after the process was started
 * @param first when the first request was answered, ms
 * @param cpu what all its threads had used of processors by then, ms
 * @param then resident memory (PSS) by then, MiB
 * @param later the same after all that follows the start; 0 if that was not waited for
 */
record Sample(double main, double first, double cpu, double then, double later) {
    private static final List<String> BEFORE = words(System.getProperty("before", ""));
    private static final Duration AFTER = Duration.ofSeconds(4);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int TICKS_PER_SECOND = 100;

    /**
     * Starts a service and ends it.
     *
     * @param jdk whose java
     * @param port where it is to listen
     * @param memory whether what follows the start is waited for
     */
    static Sample of(Path jdk, Service service, Variant variant, int port, boolean memory)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(BEFORE);
        command.add(jdk.resolve("bin/java").toString());
        command.addAll(variant.options());
        List<String> classPath = new ArrayList<>();
        service.classPath().forEach(part -> classPath.add(part.toString()));
        variant.libraries().forEach(part -> classPath.add(part.toString()));
        classPath.add(own());
        command.addAll(List.of("-cp", String.join(":", classPath), Timed.class.getName()));
        int last = command.size();
        command.addAll(List.of("", service.main(), "--server.port=" + port));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("PORT", Integer.toString(port));
        long began = System.nanoTime();
        command.set(last, Long.toString(began));
        Process process = builder.start();
        try {
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String age = out.readLine();
            drain(out);
            long first = untilAnswered(process, port) - began;
            double cpu = cpu(process.pid());
            double then = pss(process.pid());
            double later = 0;
            if (memory) {
                TimeUnit.NANOSECONDS.sleep(AFTER.toNanos());
                later = pss(process.pid());
            }
            return new Sample(Long.parseLong(age) / 1e6, first / 1e6, cpu, then, later);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.split(" ", -1));
    }

    private static String own() {
        String[] parts = System.getProperty("java.class.path").split(":", -1);
        return parts[0];
    }

    /** A pipe that nobody reads would stop who writes. */
    private static void drain(BufferedReader out) {
        Thread thread = new Thread(() -> {
            try {
                while (out.readLine() != null) {
                    // On.
                }
            } catch (IOException e) {
                // The process has ended.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static long untilAnswered(Process process, int port) throws IOException {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (System.nanoTime() - end < 0 && process.isAlive()) {
            if (answered(port)) {
                return System.nanoTime();
            }
            LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
        }
        throw new IOException("Nothing answered on port " + port + ". Run the service by hand to see why.");
    }

    private static boolean answered(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            socket.setSoTimeout((int) LONGEST.toMillis());
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() == 'H';
        } catch (IOException e) {
            return false;
        }
    }

    private static double cpu(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(words[11]) + Long.parseLong(words[12])) * 1000.0 / TICKS_PER_SECOND;
    }

    private static double pss(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "smaps_rollup"))) {
            if (line.startsWith("Pss:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
            }
        }
        throw new IOException("smaps_rollup of " + pid + " has no Pss. It takes Linux 4.14 or newer.");
    }
}
