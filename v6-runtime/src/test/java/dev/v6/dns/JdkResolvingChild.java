// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A service that knows nothing of v6. It reads a line, a verb and a name, and prints the name, the milliseconds, and what
 * InetAddress said.
 */
final class JdkResolvingChild {
    private static final List<ServerSocket> LISTENING = new ArrayList<>();

    private JdkResolvingChild() {}

    /** No arguments. */
    public static void main(String[] args) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", 2);
            long began = System.nanoTime();
            String said = said(words[0], words[1]);
            System.out.println(
                    words[1] + " " + Duration.ofNanos(System.nanoTime() - began).toMillis() + " " + said);
        }
    }

    private static String said(String verb, String name) throws Exception {
        return switch (verb) {
            case "look" -> look(name);
            case "interrupted" -> interrupted(name);
            case "many" -> many(name);
            case "class" -> visible(name);
            case "findings" -> findings();
            case "name" -> InetAddress.getByName(name).getCanonicalHostName();
            case "loopback" -> InetAddress.getLoopbackAddress().toString();
            case "listen" -> listen();
            case "threads" -> threads();
            case "property" -> String.valueOf(System.getProperty(name));
            default -> throw new IllegalArgumentException(verb);
        };
    }

    private static String listen() throws IOException {
        ServerSocket server = new ServerSocket(0);
        LISTENING.add(server); // as long as this runs
        return Integer.toString(server.getLocalPort());
    }

    private static String threads() {
        Set<String> names = new TreeSet<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            names.add(thread.getName() + (thread.isDaemon() ? " (daemon)" : ""));
        }
        return String.join(", ", names);
    }

    private static String look(String name) {
        try {
            List<String> addresses = new ArrayList<>();
            for (InetAddress address : InetAddress.getAllByName(name)) {
                addresses.add(address.toString());
            }
            return String.join(" ", addresses);
        } catch (UnknownHostException e) {
            return "none: " + e.getMessage();
        }
    }

    private static String interrupted(String name) {
        Thread.currentThread().interrupt();
        String said = look(name);
        return said + (Thread.interrupted() ? " still interrupted" : " interrupt lost");
    }

    /** 200 names at once, on virtual threads where there are some. */
    private static String many(String domain) throws Exception {
        ExecutorService threads = executor();
        List<Future<String>> asked = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String name = "n" + i + "." + domain;
            asked.add(threads.submit(() -> look(name)));
        }
        int found = 0;
        for (Future<String> one : asked) {
            found += one.get().contains("/198.18.0.81") ? 1 : 0;
        }
        threads.shutdown();
        return found + " found";
    }

    private static ExecutorService executor() throws ReflectiveOperationException {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (NoSuchMethodException before21) {
            return Executors.newCachedThreadPool();
        }
    }

    private static String visible(String name) {
        try {
            return "by " + Class.forName(name).getClassLoader();
        } catch (ClassNotFoundException e) {
            return "not visible";
        }
    }

    /** For who has v6 on the class path. */
    private static String findings() throws ReflectiveOperationException {
        Object resolver =
                Class.forName("dev.v6.dns.BypassResolver").getMethod("create").invoke(null);
        List<String> said = new ArrayList<>();
        for (Object finding :
                (List<?>) resolver.getClass().getMethod("findings").invoke(resolver)) {
            Object code = finding.getClass().getMethod("code").invoke(finding);
            said.add(code.getClass().getMethod("id").invoke(code) + " "
                    + finding.getClass().getMethod("evidence").invoke(finding));
        }
        return String.join("; ", said);
    }
}
